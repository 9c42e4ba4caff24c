/// A tenant's own queue in a simulation: what `GET /v1/queues/{id}` says of how it ranks agents and tickets, asks agents and weighs tickets. Overflow, fallback and
/// preferred agents have no part; members and hours come with a described desk.
public struct SimulatedQueue: Sendable {
    let rules: RoutingQueueRules
    let order: RankOrder
    let offers: QueueOffers
    let weights: [WeightRule]

    /// When the next step of the ticket comes into force; nil once the last is.
    func nextStep(of ticket: RoutingTicket, at clock: Timestamp) -> Timestamp? {
        rules.schedule.nextStepAt(eligibleAt: ticket.eligibleAt, now: clock)
    }

    /// Nobody can be asked about where tickets wait: there is one queue only.
    static let id = QueueID(high: 0, low: 1)

    /// What tickets weigh that do not say it.
    var intake: Intake {
        Intake([IntakeQueue(id: Self.id, choices: QueueIntake(weights: weights))])
    }
}

extension SimulatedQueue: Decodable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case mode, steps, strict, weights
        case orderBy = "order_by"
        case defaultTargetSeconds = "default_target_seconds"
        case offerSeconds = "offer_seconds"
        case offerChannelSeconds = "offer_channel_seconds"
        case noTaker = "no_taker"
    }

    private struct ChannelSeconds: Decodable {
        enum CodingKeys: String, CodingKey {
            case channel, seconds
        }

        let channel: Channel
        let seconds: Int

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            channel = try fields.decode(Channel.self, forKey: .channel)
            seconds = try fields.whole(.seconds, in: TicketOffer.secondsRange, otherwise: 0)
        }
    }

    /// What it may have as a part of a described desk.
    static let shape: MemberShape = {
        var members = Dictionary(uniqueKeysWithValues: CodingKeys.allCases.map { ($0.rawValue, MemberShape.anything) })
        members["calendar"] = .anything
        members["steps"] = .list(.object(["after": .anything, "drop_from": .anything, "tier": .anything, "min_level_down": .anything]))
        members["offer_channel_seconds"] = .list(.object(["channel": .anything, "seconds": .anything]))
        members["weights"] = .list(.object(["conditions": .list(.condition), "weight": .anything]))
        return .object(members)
    }()

    /// - Throws: `DecodingError` where a member is of another kind than the API's or out of its range.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        let steps = try fields.decodeIfPresent([RouteEvaluationInput.Step].self, forKey: .steps) ?? []
        var rules: RoutingQueueRules
        do {
            let reader = try RouteEvaluationReader(RouteEvaluationInput(now: 0, agents: [], tickets: []))
            rules = RoutingQueueRules(
                mode: try fields.decodeIfPresent(RoutingMode.self, forKey: .mode) ?? .balanced,
                steps: try reader.steps(steps)
            )
        } catch let error as RouteEvaluationError {
            throw fields.refusal(of: .steps, "\(error)")
        }
        // Every ticket has the same default target here: there are no promises.
        let isByDeadline = try fields.decodeIfPresent(QueueOrder.self, forKey: .orderBy) == .deadline
        let isStrict = try fields.decodeIfPresent(Bool.self, forKey: .strict) ?? false
        let target = try fields.whole(.defaultTargetSeconds, in: QueueContent.defaultTargetRange, otherwise: 86_400)
        order = isStrict ? .strictPriority : isByDeadline ? .deadline(defaultTargetSeconds: target) : .standard
        offers = try Self.offers(fields)
        rules.asks = Set(Channel.allCases.filter { [offers] in offers.seconds(on: $0) != nil })
        rules.waitsForClaim = offers.noTaker == .wait
        self.rules = rules
        weights = try fields.decodeIfPresent([WeightRule].self, forKey: .weights) ?? []
        if let problem = QueueIntake(weights: weights).problems(in: nil).first {
            throw fields.refusal(of: .weights, MemberPath.text(nil, String(problem.pointer.dropFirst("/weights".count)), problem.detail))
        }
    }

    private static func offers(_ fields: KeyedDecodingContainer<CodingKeys>) throws -> QueueOffers {
        let seconds =
            try fields.decodeIfPresent(Int.self, forKey: .offerSeconds) == nil
            ? nil : fields.whole(.offerSeconds, in: TicketOffer.secondsRange, otherwise: 0)
        var channelSeconds: [Channel: Int] = [:]
        for entry in try fields.list(.offerChannelSeconds, of: ChannelSeconds.self, most: Channel.allCases.count) {
            channelSeconds[entry.channel] = entry.seconds
        }
        let noTaker = try fields.decodeIfPresent(QueueOffers.NoTaker.self, forKey: .noTaker) ?? .assign
        return QueueOffers(seconds: seconds, channelSeconds: channelSeconds, noTaker: noTaker)
    }
}
