import Testing

@testable import UseCases

/// How often what fails is tried again.
@Suite struct FailedSightsTests {
    /// In which of so many looks it was tried, always in vain, from 0.
    private func tries(_ sights: FailedSights<Int>, looks: Int, isFound: (Int) -> Bool = { _ in true }) -> [Int] {
        (0..<looks).filter { look in
            let isDue = sights.due(among: isFound(look) ? [1] : [2], isAll: false).contains(1)
            if isDue { sights.note(1, isDone: false) }
            return isDue
        }
    }

    @Test("Less and less often, and at last once in so many looks")
    func lessOften() {
        let tried = tries(FailedSights(), looks: 1_000)
        #expect(tried.prefix(5) == [0, 1, 3, 7, 15])
        #expect(zip(tried, tried.dropFirst()).map { $1 - $0 }.max() == FailedSights<Int>.longest + 1)
    }

    @Test("Looks that did not find it count too: where there are more than one look takes, its turn comes no later")
    func crowd() {
        let sights = FailedSights<Int>()
        #expect(tries(sights, looks: 300).count == 10)
        // Found in one look of ten: once the rest is over, the next such look has it.
        #expect(tries(sights, looks: 80) { $0 % 10 == 0 }.count == 1)
        for _ in 0..<FailedSights<Int>.longest { #expect(sights.due(among: [2], isAll: false) == [2]) }
        #expect(sights.due(among: [1], isAll: false) == [1])
    }

    @Test("What was done, and what is found no more, begins anew")
    func forgotten() {
        let sights = FailedSights<Int>()
        _ = tries(sights, looks: 10)
        sights.note(1, isDone: true)
        #expect(tries(sights, looks: 8) == [0, 1, 3, 7])
        #expect(sights.due(among: [], isAll: true) == [])
        #expect(tries(sights, looks: 8) == [0, 1, 3, 7])
    }
}
