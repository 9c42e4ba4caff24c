import Glibc

/// What this machine calls itself.
enum MachineName {
    /// nil where the system does not tell, or tells no text.
    static var current: String? {
        let length = 255
        // One more, for the zero at the end.
        var bytes = [CChar](repeating: 0, count: length + 1)
        guard gethostname(&bytes, length) == 0 else { return nil }
        return String(validating: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
