extension Int64 {
    /// The nearest whole number, halves away from zero; for values far inside the range. `rounded()` would need the C mathematics library.
    init(nearestTo value: Double) {
        self.init(value < 0 ? value - 0.5 : value + 0.5)
    }
}
