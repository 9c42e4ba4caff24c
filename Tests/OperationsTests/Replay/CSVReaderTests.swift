import Testing

@testable import Operations

@Suite("CSV reader")
struct CSVReaderTests {
    @Test(
        "records are read as RFC 4180 has it",
        arguments: [
            ("a,b,c", [["a", "b", "c"]]),
            ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
            ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
            ("\u{FEFF}a,b\n", [["a", "b"]]),
            (",\n,,\n", [["", ""], ["", "", ""]]),
            ("\n\r\na\n\n", [["a"]]),
            ("\"a,b\",\"c \"\"d\"\"\",\"\"\n", [["a,b", #"c "d""#, ""]]),
            ("\"two\nlines\",x\n", [["two\nlines", "x"]]),
            ("长,é\n", [["长", "é"]]),
            ("", []),
        ]
    )
    func records(text: String, expected: [[String]]) {
        #expect(CSVReader(Array(text.utf8)).map(\.content) == expected.map { .fields($0) })
    }

    @Test(
        "a wrong record is told, and the next line is read",
        arguments: [
            (#"a"b,c"#, CSVError.quoteInsideField),
            (#""a"b,c"#, .textAfterQuote),
            (#"x,"never closed"#, .unterminatedQuote),
            (String(repeating: ",", count: CSVReader.maximumFields), .tooManyFields(limit: CSVReader.maximumFields)),
            (String(repeating: "x", count: CSVReader.maximumRecordBytes + 1), .tooLong(limit: CSVReader.maximumRecordBytes)),
        ]
    )
    func malformed(line: String, error: CSVError) {
        let records = Array(CSVReader(Array("h\n\(line)\nnext,1\n".utf8)))
        #expect(
            records == [
                CSVRecord(line: 1, content: .fields(["h"])), CSVRecord(line: 2, content: .malformed(error)),
                CSVRecord(line: 3, content: .fields(["next", "1"])),
            ]
        )
    }

    @Test("bytes that are no UTF-8 are refused")
    func notUTF8() {
        let records = Array(CSVReader([0x61, 0xFF, 0x0A, 0x62]))
        #expect(records == [CSVRecord(line: 1, content: .malformed(.notUTF8)), CSVRecord(line: 2, content: .fields(["b"]))])
    }

    @Test("any bytes are read to their end: as many lines as there are", arguments: [1, 2, 3] as [UInt64])
    func anyBytes(seed: UInt64) {
        var state = seed
        let alphabet = Array("ab,\"\r\n".utf8) + [0xFF]
        let bytes = (0..<20_000).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return alphabet[Int(state >> 33) % alphabet.count]
        }
        let lines = bytes.count { $0 == 0x0A } + 1
        let records = Array(CSVReader(bytes))
        #expect(!records.isEmpty && records.allSatisfy { $0.line <= lines }, "seed \(seed)")
        #expect(zip(records, records.dropFirst()).allSatisfy { $0.line < $1.line }, "seed \(seed)")
    }
}
