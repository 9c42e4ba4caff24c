/// What the agents of a simulated desk do when they are asked to take a ticket. How people answer is in no log, so whoever describes a desk says it.
public struct OfferHabits: Hashable, Sendable {
    /// Of a hundred offers.
    var acceptedPercent = 100
    /// Of a hundred offers; to those that are left nobody says anything.
    var declinedPercent = 0
    /// How long they think about it, on average; exponential. An answer that comes too late is none.
    var answerMeanSeconds = 15
    /// For how long somebody is on a break who let too many offers pass.
    var awaySeconds = 300

    static let percentRange = 0...100
    static let answerRange = 0...3_600
    static let awayRange = 1...86_400

    enum Answer {
        case accepts
        case declines
        case isSilent
    }

    /// - Returns: what somebody says, and after how many microseconds.
    func answer(using generator: inout SplitMix64) -> (answer: Answer, after: Int64) {
        let drawn = Int.random(in: 0..<100, using: &generator)
        let after = Int64(generator.exponential() * Double(answerMeanSeconds) * 1_000_000)
        return (drawn < acceptedPercent ? .accepts : drawn < acceptedPercent + declinedPercent ? .declines : .isSilent, after)
    }
}

extension OfferHabits: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case acceptedPercent = "accept_percent"
        case declinedPercent = "decline_percent"
        case answerMeanSeconds = "answer_mean_s"
        case awaySeconds = "away_s"
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        acceptedPercent = try fields.whole(.acceptedPercent, in: Self.percentRange, otherwise: acceptedPercent)
        declinedPercent = try fields.whole(.declinedPercent, in: Self.percentRange, otherwise: declinedPercent)
        guard acceptedPercent + declinedPercent <= 100 else {
            throw fields.refusal(of: .declinedPercent, "must be at most 100 together with accept_percent (100 unless told)")
        }
        answerMeanSeconds = try fields.whole(.answerMeanSeconds, in: Self.answerRange, otherwise: answerMeanSeconds)
        awaySeconds = try fields.whole(.awaySeconds, in: Self.awayRange, otherwise: awaySeconds)
    }
}
