/// How much of a subject is read; what is beyond is passed over.
public enum PageBounds {
  /// Octets of markup or plain text.
  public static let octets = 2 << 20
  /// Elements of a page.
  public static let elements = 200_000
  /// Elements within one another; deeper ones count to the deepest that is kept.
  public static let depth = 256
  /// Links of a page.
  public static let links = 2_048
  /// Forms of a page.
  public static let forms = 64
  /// Fields of a form.
  public static let fields = 64
  /// Sources of scripts, frames, images and icons, each.
  public static let references = 512
  /// Values of `meta` elements.
  public static let meta = 128
  /// Octets of one attribute's value that are kept.
  public static let attribute = 2_048
  /// Places of one signal that are kept; further ones are counted only.
  public static let places = 256
}
