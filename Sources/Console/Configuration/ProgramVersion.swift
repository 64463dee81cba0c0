/// The version of this program.
public enum ProgramVersion {
  /// As `cordon --version` prints it, and as machines that are asked read it.
  public static let text = "0.1.0"
}
