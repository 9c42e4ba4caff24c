import Domain

/// The log's times: `29-02-2016 01:16`, day first.
enum LogTime {
    /// Seconds since 1970, reading the time as UTC; nil for any other form and for days that do not exist.
    static func seconds(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count == 16, bytes[2] == UInt8(ascii: "-"), bytes[5] == UInt8(ascii: "-"), bytes[10] == UInt8(ascii: " "),
            bytes[13] == UInt8(ascii: ":"), let day = number(bytes[0..<2]), let month = number(bytes[3..<5]), let year = number(bytes[6..<10]),
            let hour = number(bytes[11..<13]), hour < 24, let minute = number(bytes[14..<16]), minute < 60,
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        return Int64(date.daysSince1970 * 86_400 + hour * 3_600 + minute * 60)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for byte in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }
}
