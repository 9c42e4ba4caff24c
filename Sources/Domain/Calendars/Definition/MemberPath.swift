/// Places in a line of JSON as the evaluation commands name them: `calendar.weekly.mon[0]`, where the API has JSON pointers.
enum MemberPath {
    /// Why something is refused, and where in the line it is.
    ///
    /// - Parameters:
    ///   - member: the line's member that holds the definition; nil where the line is the definition.
    ///   - pointer: a JSON pointer into the definition; nil or empty where no single place is at fault.
    static func text(_ member: String?, _ pointer: String?, _ reason: String) -> String {
        var path = member ?? ""
        for part in (pointer ?? "").split(separator: "/") {
            if part.allSatisfy({ ("0"..."9").contains($0) }) {
                path += "[\(part)]"
            } else {
                path += path.isEmpty ? String(part) : ".\(part)"
            }
        }
        return path.isEmpty ? reason : "\(path): \(reason)"
    }
}
