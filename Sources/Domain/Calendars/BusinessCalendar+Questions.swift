extension BusinessCalendar {
    /// Whether the calendar is open at an instant; intervals are half-open, so it is closed at an interval's end.
    public func isOpen(_ time: Timestamp) throws(CalendarError) -> Bool {
        let table = try table(covering: time)
        let index = table.entry(endingAfter: time.microseconds)
        return index < table.entries.count && table.entries[index].start <= time.microseconds
    }

    /// Open microseconds from `start` to `end`; negative when `end` lies before `start`.
    public func elapsed(from start: Timestamp, to end: Timestamp) throws(CalendarError) -> Int64 {
        _ = try table(covering: start)
        let table = try table(covering: end)
        return table.open(before: end.microseconds) - table.open(before: start.microseconds)
    }

    /// LEFT end: the earliest instant by which `amount` microseconds of open time have passed since `time`; `time` itself for 0.
    ///
    /// A negative amount counts backwards, as ``sub(_:_:)``.
    public func add(_ amount: Int64, to time: Timestamp) throws(CalendarError) -> Timestamp {
        guard amount > 0 else {
            if amount == 0 {
                _ = try table(covering: time)
                return time
            }
            guard amount != .min else { throw .timeOutOfRange }
            return try sub(-amount, from: time)
        }
        var table = try table(covering: time)
        while true {
            let (sum, overflow) = table.open(before: time.microseconds).addingReportingOverflow(amount)
            guard !overflow else { throw .timeOutOfRange }
            let first = table.entry(endingAfter: time.microseconds)
            if first < table.entries.count, table.entries[first].start.isMoreThanTenYears(after: time.microseconds) {
                throw .noOpenTimeWithinTenYears
            }
            let index = table.entry(reaching: sum)
            if table.hasWideGap(from: first, to: min(index, table.entries.count - 1)) { throw .noOpenTimeWithinTenYears }
            if index < table.entries.count {
                return Timestamp(microseconds: table.entries[index].start + (sum - table.entries[index].before))
            }
            let lastOpen = max(time.microseconds, table.entries.last?.end ?? time.microseconds)
            guard !table.to.isMoreThanTenYears(after: lastOpen) else { throw .noOpenTimeWithinTenYears }
            guard let larger = tableExtendedUp(from: table) else { throw .timeOutOfRange }
            table = larger
        }
    }

    /// RIGHT end: the first open instant at which `amount` microseconds of open time have passed since `time`; the next open instant for 0.
    public func addOpen(_ amount: Int64, to time: Timestamp) throws(CalendarError) -> Timestamp {
        try nextOpen(try add(amount, to: time))
    }

    /// The latest instant from which `amount` microseconds of open time pass until `time`; `time` itself for 0. A negative amount adds.
    public func sub(_ amount: Int64, from time: Timestamp) throws(CalendarError) -> Timestamp {
        guard amount > 0 else {
            guard amount != .min else { throw .timeOutOfRange }
            return try add(-amount, to: time)
        }
        var table = try table(covering: time)
        while true {
            let open = table.open(before: time.microseconds)
            // The last entry that begins before the time is where counting backwards starts.
            let last = table.open(before: time.microseconds) > 0 ? table.entry(reaching: open) : -1
            if last >= 0 {
                guard !time.microseconds.isMoreThanTenYears(after: table.entries[last].end) else { throw .noOpenTimeWithinTenYears }
                let index = open >= amount ? table.entry(exceeding: open - amount) : -1
                if table.hasWideGap(from: index, to: last) { throw .noOpenTimeWithinTenYears }
                if index >= 0 {
                    return Timestamp(microseconds: table.entries[index].start + (open - amount - table.entries[index].before))
                }
            }
            let firstOpen = last >= 0 ? table.entries[0].start : time.microseconds
            guard !firstOpen.isMoreThanTenYears(after: table.from) else { throw .noOpenTimeWithinTenYears }
            guard let larger = tableExtendedDown(from: table) else { throw .timeOutOfRange }
            table = larger
        }
    }

    /// The first open instant at or after a time.
    public func nextOpen(_ time: Timestamp) throws(CalendarError) -> Timestamp {
        var table = try table(covering: time)
        while true {
            let index = table.entry(endingAfter: time.microseconds)
            if index < table.entries.count {
                let start = table.entries[index].start
                guard !start.isMoreThanTenYears(after: time.microseconds) else { throw .noOpenTimeWithinTenYears }
                return Timestamp(microseconds: max(start, time.microseconds))
            }
            guard !table.to.isMoreThanTenYears(after: time.microseconds) else { throw .noOpenTimeWithinTenYears }
            guard let larger = tableExtendedUp(from: table) else { throw .timeOutOfRange }
            table = larger
        }
    }

    /// The first closed instant at or after a time.
    public func nextClose(_ time: Timestamp) throws(CalendarError) -> Timestamp {
        var table = try table(covering: time)
        while true {
            let index = table.entry(endingAfter: time.microseconds)
            guard index < table.entries.count, table.entries[index].start <= time.microseconds else { return time }
            let end = table.entries[index].end
            guard !end.isMoreThanTenYears(after: time.microseconds) else { throw .noClosingTimeWithinTenYears }
            if end < table.to { return Timestamp(microseconds: end) }
            guard let larger = tableExtendedUp(from: table) else { throw .timeOutOfRange }
            table = larger
        }
    }

    /// The open intervals between two instants, clipped to them; at most `limit` of them, the earliest.
    public func openIntervals(from start: Timestamp, to end: Timestamp, limit: Int) throws(CalendarError) -> [OpenInterval] {
        guard start < end else { return [] }
        _ = try table(covering: start)
        let table = try table(covering: end)
        var result: [OpenInterval] = []
        var index = table.entry(endingAfter: start.microseconds)
        while index < table.entries.count, table.entries[index].start < end.microseconds, result.count < limit {
            let entry = table.entries[index]
            let interval = OpenInterval(start: Timestamp(microseconds: entry.start), end: Timestamp(microseconds: entry.end))
            result.append(interval.clipped(from: start, to: end))
            index += 1
        }
        return result
    }
}

extension Int64 {
    /// Both are instants of compiled years, so the difference cannot overflow.
    fileprivate func isMoreThanTenYears(after earlier: Int64) -> Bool {
        self - earlier > CalendarYears.tenYears
    }
}
