/// JSON Pointers (RFC 6901), by which a problem names the place of an error.
public enum JSONPointer {
    /// A member name as a pointer's token: `~` becomes `~0`, `/` becomes `~1`. Names are cut after 128 characters: they come from the caller.
    public static func escape(_ name: String) -> String {
        var token = ""
        for scalar in name.unicodeScalars.prefix(128) {
            switch scalar {
            case "~": token += "~0"
            case "/": token += "~1"
            default: token.unicodeScalars.append(scalar)
            }
        }
        return token
    }
}
