// Characters that leave no trace: Default_Ignorable_Code_Point, Unicode 14.0.
// Written by scripts/make-fold-table.

extension FoldTable {
  /// Items `first.last` in hexadecimal.
  static let ignoredRanges = """
    AD.AD 34F.34F 61C.61C 115F.1160 17B4.17B5 180B.180F 200B.200F 202A.202E 2060.206F 3164.3164
    FE00.FE0F FEFF.FEFF FFA0.FFA0 FFF0.FFF8 1BCA0.1BCA3 1D173.1D17A E0000.E0FFF
    """
}
