/// What a line says of its queue and of places, in the bounds of the API.
extension RouteEvaluationReader {
    func rules(of input: RouteEvaluationInput) throws(RouteEvaluationError) -> RoutingQueueRules {
        RoutingQueueRules(
            mode: input.mode ?? .balanced,
            steps: try steps(input.steps ?? []),
            stickyWaitSeconds: try check(input.stickyWaitSeconds ?? 0, "sticky_wait_seconds", of: "the line", in: StickyAgents.waitRange)
        )
    }

    /// How the queue's tickets are ordered (routing.md A).
    func order(of input: RouteEvaluationInput) throws(RouteEvaluationError) -> RankOrder {
        let queue = try check(input.boostMinutes ?? 0, "boost_minutes", of: "the line", in: QueueContent.boostRange)
        let vip = try check(input.vipBoostMinutes ?? 0, "vip_boost_minutes", of: "the line", in: QueueContent.vipBoostRange)
        let target = try check(input.defaultTargetSeconds ?? 86_400, "default_target_seconds", of: "the line", in: QueueContent.defaultTargetRange)
        // As the store reads a queue: strict goes before the order.
        if input.strict == true { return .strictPriority }
        if input.orderBy == .deadline { return .deadline(defaultTargetSeconds: target) }
        var boosts = RankBoosts()
        boosts.queueSeconds = queue * 60
        boosts.vipSeconds = vip * 60
        return .boosted(boosts)
    }

    func steps(_ steps: [RouteEvaluationInput.Step]) throws(RouteEvaluationError) -> [RelaxationStep] {
        guard steps.count <= QueueContent.maximumSteps else { throw .tooMany(field: "steps", limit: QueueContent.maximumSteps) }
        var ages: Set<Int> = []
        for step in steps where !ages.insert(step.after).inserted { throw .duplicateStep(after: step.after) }
        return try steps.map { step throws(RouteEvaluationError) in
            RelaxationStep(
                afterSeconds: try check(step.after, "after", of: "a step", in: 0...QueueContent.maximumStepAge),
                dropFrom: try step.dropFrom.map { rank throws(RouteEvaluationError) in try check(rank, "drop_from", of: "a step", in: 1...9) },
                tier: try check(step.tier ?? 0, "tier", of: "a step", in: QueueContent.tierRange),
                levelsDown: try check(step.minLevelDown ?? 0, "min_level_down", of: "a step", in: 0...4)
            )
        }
    }

    /// Degrees north and east, to the nearest millionth.
    func place(_ latitude: Double?, _ longitude: Double?, of owner: String) throws(RouteEvaluationError) -> GeoPoint? {
        guard latitude != nil || longitude != nil else { return nil }
        guard let latitude, let longitude else { throw .halfAPlace(of: owner) }
        let north = try microdegrees(latitude, "latitude", of: owner, within: 90)
        return GeoPoint(latitudeMicrodegrees: north, longitudeMicrodegrees: try microdegrees(longitude, "longitude", of: owner, within: 180))
    }

    private func microdegrees(_ degrees: Double, _ field: String, of owner: String, within limit: Int) throws(RouteEvaluationError) -> Int {
        guard abs(degrees) <= Double(limit) else { throw .outOfRange(field: field, of: owner, allowed: -limit...limit) }
        return Int(Int64(nearestTo: degrees * 1_000_000))
    }
}
