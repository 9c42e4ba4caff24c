import Domain
import Postgres

/// The arrays of `docket.agent_load` that hold one number a channel, in the order of `Channel.allCases` (sql/migrations/0009_capacity.sql).
enum ChannelColumns {
    /// The place of a channel in the arrays, from 1, as SQL.
    static func place(of channel: String) -> String {
        "array_position(ARRAY[\(Channel.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", "))], \(channel))"
    }

    /// Adds, for each channel, the sums of an aggregated row; nothing falls below zero.
    ///
    /// - Parameters:
    ///   - loads: the array.
    ///   - sums: the row with the columns of ``sums(weight:channel:)``.
    static func adding(to loads: String, sums: String) -> String {
        "ARRAY[" + Channel.allCases.indices.map { "greatest(0, \(loads)[\($0 + 1)] + \(sums).c\($0 + 1))" }.joined(separator: ", ") + "]"
    }

    /// The sums of an aggregated row as an array.
    static func array(of sums: String) -> String {
        "ARRAY[" + Channel.allCases.indices.map { "\(sums).c\($0 + 1)" }.joined(separator: ", ") + "]"
    }

    /// One column a channel, `c1` to `c10`: the sum of the weights on it.
    ///
    /// - Parameter condition: which rows count.
    static func sums(weight: String, channel: String, where condition: String = "true") -> String {
        Channel.allCases.enumerated()
            .map { "coalesce(sum(\(weight)) FILTER (WHERE \(channel) = '\($1.rawValue)' AND \(condition)), 0)::int AS c\($0 + 1)" }
            .joined(separator: ", ")
    }

    static func bind(_ capacities: [Channel: Int], into binder: inout Binder) {
        let column: [Int32?]? = capacities.isEmpty ? nil : Channel.allCases.map { capacities[$0].map(Int32.init(clamping:)) }
        binder.append(column)
    }

    static func decodeCapacities(_ columns: inout ColumnReader) throws(DecodeError) -> [Channel: Int] {
        guard let column = try columns.nextOptionalArrayOfOptionals(Int32.self) else { return [:] }
        return Dictionary(uniqueKeysWithValues: zip(Channel.allCases, column).compactMap { channel, units in units.map { (channel, Int($0)) } })
    }

    static func decodeLoads(_ columns: inout ColumnReader) throws(DecodeError) -> [Channel: Int] {
        let column = try columns.nextArray(Int32.self)
        return Dictionary(uniqueKeysWithValues: zip(Channel.allCases, column).map { ($0, Int($1)) })
    }
}

extension WorkRules {
    /// In the order of ``init(_:)``, of the table or alias `source`.
    static func columns(of source: String) -> [String] {
        ["channel_capacities", "ramp_up_seconds", "wrap_up_seconds", "rate_assignments", "rate_minutes"].map { "\(source).\($0)" }
    }

    init(_ columns: inout ColumnReader) throws(DecodeError) {
        self.init(
            channelCapacities: try ChannelColumns.decodeCapacities(&columns),
            rampUpSeconds: Int(try columns.next(Int32.self)),
            wrapUpSeconds: Int(try columns.next(Int32.self))
        )
        let assignments = try columns.nextOptional(Int32.self)
        let minutes = try columns.nextOptional(Int32.self)
        if let assignments, let minutes { rateLimit = RateLimit(assignments: Int(assignments), minutes: Int(minutes)) }
    }

    func bind(into binder: inout Binder) {
        ChannelColumns.bind(channelCapacities, into: &binder)
        binder.append(Int32(clamping: rampUpSeconds))
        binder.append(Int32(clamping: wrapUpSeconds))
        binder.append(rateLimit.map { Int32(clamping: $0.assignments) })
        binder.append(rateLimit.map { Int32(clamping: $0.minutes) })
    }
}
