import Store
import Testing

/// How a look goes around the classes of a queue (decision 29).
@Suite struct LaneScanTests {
    /// Reads on in pages of `page` keys out of `keys`.
    private func read(_ keys: [Int64], page: Int, _ scan: inout LaneScan) -> [Int64] {
        let found = keys.filter { $0 > scan.position }.prefix(page)
        scan.advance(to: found.count < page ? nil : found.last)
        return Array(found)
    }

    @Test("A look reads every class once")
    func once() {
        let keys = (1...10).map(Int64.init)
        for page in 1...12 {
            var scan = LaneScan()
            var seen: [Int64] = []
            repeat { seen += read(keys, page: page, &scan) } while scan.after != nil
            #expect(seen == keys)
        }
    }

    @Test("After something happened every class is read again, wherever the look stood")
    func restarted() {
        let keys = (1...10).map(Int64.init)
        for page in 1...4 {
            for first in 0...12 {
                for second in 0...12 {
                    var scan = LaneScan()
                    var seen: [Int64] = []
                    var count = 0
                    repeat {
                        if count == first || count == first + second {
                            scan.restart()
                            seen = []
                        }
                        seen += read(keys, page: page, &scan)
                        count += 1
                        #expect(count < 100)
                    } while scan.after != nil && count < 100
                    #expect(Set(seen) == Set(keys), "page \(page), restarted after \(first) and \(second)")
                }
            }
        }
    }

    @Test("A look that has ended begins at the lowest key, and finds no signal of its own")
    func over() {
        var scan = LaneScan(after: 5, until: 5)
        #expect(scan.ownSignals == 1 && scan.position == 5)
        scan.end()
        #expect(scan == LaneScan() && scan.ownSignals == 0 && scan.position == .min)
    }
}
