/// The mean of what several seeds gave, and how sure it is.
struct SimulationEstimate {
    private var values: [Double] = []

    mutating func add(_ value: Double) {
        values.append(value)
    }

    var mean: Double {
        values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }

    /// Half the width of the 95 % interval of the mean (Student's t); nil for one value, of which nothing follows.
    var interval: Double? {
        guard values.count > 1 else { return nil }
        let mean = mean
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
        return Self.quantile(freedom: values.count - 1) * (variance / Double(values.count)).squareRoot()
    }

    /// The 97.5 % quantile of Student's distribution; beyond the table its limit, at most 2 % too small.
    private static func quantile(freedom: Int) -> Double {
        let table = [
            12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093,
            2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
        ]
        return freedom <= table.count ? table[freedom - 1] : freedom <= 60 ? 2.0 : 1.96
    }
}
