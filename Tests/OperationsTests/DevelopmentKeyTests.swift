import Foundation
import Testing
import UseCases

@testable import Operations

/// The master key of `docket dev`: what it sealed can be opened with nothing else.
@Suite struct DevelopmentKeyTests {
    @Test("It is made once, and a line break that an editor added is no part of it")
    func kept() throws {
        let directory = try TemporaryDirectory()
        let box = SecretBox(current: try DevelopmentKey.load(directory: directory.path))
        let path = directory.path + "/master.key"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try (text + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        let again = SecretBox(current: try DevelopmentKey.load(directory: directory.path))
        let sealed = try box.seal([1, 2, 3], context: [7])
        #expect(try again.open(sealed, context: [7]) == [1, 2, 3])
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text + "\n")
    }

    @Test("What is no key is never written over", arguments: ["", "secret", String(repeating: "0a", count: 31)])
    func neverOverwritten(text: String) throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("master.key", text)
        #expect(throws: CommandFailure.self) { try DevelopmentKey.load(directory: directory.path) }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }
}
