import Testing

@testable import UseCases

@Suite struct SecretBoxTests {
    private let context = Array("row 1".utf8)

    @Test("What was sealed is opened, and twice sealed never looks the same")
    func roundTrip() throws {
        let box = SecretBox(current: MasterKey())
        for count in [0, 1, 32, 4_096] {
            let secret = [UInt8](repeating: 7, count: count)
            let sealed = try box.seal(secret, context: context)
            #expect(try box.open(sealed, context: context) == secret)
            #expect(try box.seal(secret, context: context) != sealed)
        }
    }

    @Test("A change of any one bit, another context, and a cut are noticed")
    func tampering() throws {
        let box = SecretBox(current: MasterKey())
        let sealed = try box.seal(Array("secret".utf8), context: context)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: SecretBox.Failure.self, "byte \(index)") { try box.open(changed, context: context) }
        }
        for length in sealed.indices {
            #expect(throws: SecretBox.Failure.damaged, "\(length) bytes") { try box.open(Array(sealed.prefix(length)), context: context) }
        }
        #expect(throws: SecretBox.Failure.damaged) { try box.open(sealed, context: Array("row 2".utf8)) }
    }

    @Test("An earlier key opens what it sealed, and nothing new is sealed with it")
    func rotation() throws {
        let (old, new) = (MasterKey(), MasterKey())
        let sealed = try SecretBox(current: old).seal([1, 2, 3], context: context)
        let both = SecretBox(current: new, earlier: [old])
        #expect(try both.open(sealed, context: context) == [1, 2, 3])
        #expect(both.isOutdated(sealed))
        let renewed = try both.seal([1, 2, 3], context: context)
        #expect(!both.isOutdated(renewed))
        #expect(throws: SecretBox.Failure.unknownKey) { try SecretBox(current: new).open(sealed, context: context) }
    }

    @Test("A master key has 32 bytes and prints as nothing")
    func masterKeys() throws {
        #expect(MasterKey([UInt8](repeating: 1, count: 31)) == nil)
        let key = try #require(MasterKey([UInt8](repeating: 1, count: 32)))
        #expect("\(key)" == "[redacted]")
        #expect(key.id == MasterKey([UInt8](repeating: 1, count: 32))?.id)
        #expect(key.id != MasterKey([UInt8](repeating: 2, count: 32))?.id)
    }
}
