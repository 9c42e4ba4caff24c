import Testing

@testable import HTTPAPI

@Suite struct APIKeyTests {
    @Test func checksumIsThatOfZlib() {
        #expect(CRC32.checksum("123456789".utf8) == 0xCBF4_3926)
        #expect(CRC32.checksum([]) == 0)
    }

    @Test func generatedKeysReadBack() throws {
        var generator = SystemRandomNumberGenerator()
        var seen: Set<String> = []
        for _ in 0..<200 {
            let key = APIKey.generate(.test, using: &generator)
            #expect(key.revealed.utf8.count == 45)
            #expect(try /dkt_(live|test)_[0-9A-Za-z]{36}/.wholeMatch(in: key.revealed) != nil)
            #expect(seen.insert(key.revealed).inserted)
            let read = try #require(APIKey(key.revealed))
            #expect(read.lookupHash == key.lookupHash)
            #expect(read.kind == .test)
            #expect(key.revealed.hasSuffix(read.lastFour))
        }
    }

    @Test func everySingleChangeIsFound() {
        var generator = SystemRandomNumberGenerator()
        let text = Array(APIKey.generate(using: &generator).revealed.utf8)
        for index in text.indices {
            for byte in Array("09AZaz_-".utf8) where byte != text[index] {
                var changed = text
                changed[index] = byte
                #expect(APIKey(String(decoding: changed, as: UTF8.self)) == nil)
            }
            #expect(APIKey(String(decoding: text[..<index], as: UTF8.self)) == nil)
        }
    }

    @Test func neverPrintsItself() {
        var generator = SystemRandomNumberGenerator()
        let key = APIKey.generate(using: &generator)
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] {
            #expect(!text.contains(key.revealed.dropFirst(9).prefix(8)))
        }
    }

    @Test func scopesKeepTheirNames() {
        #expect(ScopeSet.all.names == Scope.allCases.map(\.rawValue))
        for scope in Scope.allCases {
            #expect(Scope.allCases.filter(ScopeSet([scope]).contains) == [scope])
        }
        #expect(ScopeSet(names: ["tickets:read", "gone:read"]).names == ["tickets:read"])
    }
}
