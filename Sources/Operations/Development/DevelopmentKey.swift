import FoundationEssentials
import Runtime
import UseCases

/// The master key of a development deployment: made once, kept in the data directory, readable by its owner only.
enum DevelopmentKey {
    static func load(directory: String) throws -> MasterKey {
        let path = directory + "/master.key"
        if let data = FileManager.default.contents(atPath: path), let key = MasterKey(hexadecimal: String(decoding: data, as: UTF8.self)) {
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
