/// A DURATION value: days, which follow the wall clock, and seconds, which are exact (RFC 5545 3.3.6).
struct ICSDuration: Hashable, Sendable {
    let days: Int
    let seconds: Int

    /// - Throws: ``HolidayListError`` for anything that is no positive duration.
    init(_ property: ICSProperty) throws(HolidayListError) {
        var rest = Substring(property.value)
        if rest.first == "+" { rest.removeFirst() }
        guard rest.first == "P" else { throw HolidayListError(property.place, "is no positive duration such as P1D or PT4H") }
        rest.removeFirst()
        var (days, seconds) = (0, 0)
        var isTime = false
        var isEmpty = true
        while let first = rest.first {
            if first == "T", !isTime {
                isTime = true
                rest.removeFirst()
                continue
            }
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            guard digits.count <= 6, let number = decimal(Array(digits.utf8)), let unit = rest.popFirst() else {
                throw HolidayListError(property.place, "is no duration such as P1D or PT4H")
            }
            isEmpty = false
            switch (unit, isTime) {
            case ("W", false): days += 7 * number
            case ("D", false): days += number
            case ("H", true): seconds += 3_600 * number
            case ("M", true): seconds += 60 * number
            case ("S", true): seconds += number
            default: throw HolidayListError(property.place, "is no duration such as P1D or PT4H")
            }
        }
        guard !isEmpty, days > 0 || seconds > 0 else { throw HolidayListError(property.place, "is no positive duration such as P1D or PT4H") }
        self.days = days
        self.seconds = seconds
    }
}
