/// A request that is right but for the thing that `ID` in its body names.
struct ForeignIDCase {
    let body: String
    /// What of another tenant stands there, by the name of its path parameter.
    let kind: String
    /// Own things that the path names instead of those of the same name. A ticket is a new one, unless it is said here.
    var path: [String: String] = [:]
    /// Whether no id is ever right there.
    var isNeverTaken = false
}
