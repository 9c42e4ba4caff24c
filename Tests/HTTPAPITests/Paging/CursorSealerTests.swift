import Crypto
import Domain
import Synchronization
import Testing

@testable import HTTPAPI

@Suite struct CursorSealerTests {
    private let cursor = Cursor([.null, .integer(.min), .uuid(high: 1, low: .max), .text("grün")])
    private let tenant = TenantID(high: 1, low: 1)
    private let selection = [UInt8](repeating: 7, count: 32)

    private func code(_ sealer: CursorSealer, _ text: String, tenant: TenantID? = nil, selection: [UInt8]? = nil) -> ProblemCode? {
        do throws(Problem) {
            _ = try sealer.open(text, tenant: tenant ?? self.tenant, selection: selection ?? self.selection)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func opensWhatItSealed() throws {
        let sealer = CursorSealer(key: SymmetricKey(size: .bits256)) { Timestamp(microseconds: 0) }
        let text = try sealer.seal(cursor, tenant: tenant, selection: selection)
        #expect(try sealer.open(text, tenant: tenant, selection: selection) == cursor)
        #expect(try sealer.seal(cursor, tenant: tenant, selection: selection) != text)
    }

    @Test func opensWhatAKeySealedThatWasReplaced() throws {
        let (old, new) = (SymmetricKey(size: .bits256), SymmetricKey(size: .bits256))
        func sealer(_ key: SymmetricKey, _ earlier: [SymmetricKey]) -> CursorSealer {
            CursorSealer(key: key, earlier: earlier) { Timestamp(microseconds: 0) }
        }
        let before = try sealer(old, []).seal(cursor, tenant: tenant, selection: selection)
        #expect(try sealer(new, [SymmetricKey(size: .bits256), old]).open(before, tenant: tenant, selection: selection) == cursor)
        let after = try sealer(new, [old]).seal(cursor, tenant: tenant, selection: selection)
        #expect(code(sealer(old, []), after) == .invalidCursor)
        #expect(code(sealer(new, [old]), before, tenant: TenantID(high: 1, low: 2)) == .invalidCursor)
    }

    @Test func refusesEveryChangeAndEveryOtherOwner() throws {
        let sealer = CursorSealer(key: SymmetricKey(size: .bits256)) { Timestamp(microseconds: 0) }
        let text = Array(try sealer.seal(cursor, tenant: tenant, selection: selection).utf8)
        for index in text.indices {
            var changed = text
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(code(sealer, String(decoding: changed, as: UTF8.self)) == .invalidCursor)
            #expect(code(sealer, String(decoding: text[..<index], as: UTF8.self)) == .invalidCursor)
        }
        let whole = String(decoding: text, as: UTF8.self)
        #expect(code(sealer, whole, tenant: TenantID(high: 1, low: 2)) == .invalidCursor)
        #expect(code(sealer, whole, selection: [UInt8](repeating: 8, count: 32)) == .invalidCursor)
        #expect(code(CursorSealer(key: SymmetricKey(size: .bits256)) { Timestamp(microseconds: 0) }, whole) == .invalidCursor)
        for junk in ["", "=", "é", whole + "A", whole + "=", String(repeating: "A", count: 5_000)] {
            #expect(code(sealer, junk) == .invalidCursor)
        }
    }

    @Test func expires() throws {
        let now = Clock()
        let sealer = CursorSealer(key: SymmetricKey(size: .bits256), lifetimeMicroseconds: 10) { now.value }
        let text = try sealer.seal(cursor, tenant: tenant, selection: selection)
        now.set(Timestamp(microseconds: 9))
        #expect(code(sealer, text) == nil)
        now.set(Timestamp(microseconds: 10))
        #expect(code(sealer, text) == .cursorExpired)
    }

    @Test func base64HasOneSpelling() {
        for count in 0..<70 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
        #expect(Base64URL.encode(Array("fo".utf8)) == "Zm8")
        #expect(Base64URL.decode("Zm9") == nil)
        #expect(Base64URL.decode("A") == nil)
    }
}

private final class Clock: Sendable {
    private let time = Mutex(Timestamp(microseconds: 0))

    var value: Timestamp { time.withLock { $0 } }

    func set(_ value: Timestamp) {
        time.withLock { $0 = value }
    }
}
