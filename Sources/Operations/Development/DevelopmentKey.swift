import FoundationEssentials
import Runtime
import UseCases

/// The master key of a development deployment: made once, kept in the data directory, readable by its owner only.
enum DevelopmentKey {
    static func load(directory: String) throws -> MasterKey {
        let path = directory + "/master.key"
        if FileManager.default.fileExists(atPath: path) {
            let text = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
            // An editor's line break is no part of it.
            guard let key = MasterKey(hexadecimal: text.last?.isNewline == true ? String(text.dropLast()) : text) else {
                // A new one would open none of the secrets that this one sealed.
                let form = "a key of \(MasterKey.byteCount * 2) hexadecimal digits"
                throw CommandFailure("\(path) holds no \(form), or cannot be read: restore it, or remove it and lose what it sealed")
            }
            return key
        }
        var generator = SystemRandomNumberGenerator()
        let digits = Array("0123456789abcdef")
        let text = String((0..<MasterKey.byteCount * 2).map { _ in digits[Int.random(in: 0..<16, using: &generator)] })
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]),
            let key = MasterKey(hexadecimal: text)
        else { throw CommandFailure("\(path) cannot be written") }
        return key
    }
}
