namespace NeuroHal.Reports.Charts;

/// <summary>A stretch of numbers and where to mark it.</summary>
internal sealed record Axis(double From, double To, double Step)
{
    /// <summary>An axis with round marks.</summary>
    /// <param name="low">The least number to show.</param>
    /// <param name="high">The greatest number to show.</param>
    /// <param name="marks">About so many marks.</param>
    /// <param name="whole">Whether only whole numbers are marked.</param>
    public static Axis Around(double low, double high, int marks = 5, bool whole = false)
    {
        double range = high > low ? high - low : Math.Max(Math.Abs(high), 1);
        double rough = range / marks;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = new[] { 1.0, 2, 5, 10 }.First(m => m * power >= rough * 0.999) * power;
        step = whole ? Math.Max(1, Math.Round(step)) : step;
        double from = Math.Floor((low / step) + 1e-9) * step;
        double to = Math.Ceiling((high / step) - 1e-9) * step;
        return new Axis(from, to > from ? to : from + step, step);
    }

    /// <summary>The marks.</summary>
    public IEnumerable<double> Marks
    {
        get
        {
            int count = (int)Math.Round((To - From) / Step);
            return Enumerable.Range(0, count + 1).Select(i => From + (i * Step));
        }
    }

    /// <summary>Where a number is, 0 to 1.</summary>
    public double Place(double number) => (number - From) / (To - From);
}
