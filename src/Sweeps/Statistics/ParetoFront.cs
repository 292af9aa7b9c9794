namespace NeuroHal.Sweeps.Statistics;

/// <summary>The points that no other is better than in both respects.</summary>
public static class ParetoFront
{
    /// <summary>
    /// Finds them. A point is on the front if no other costs no more and gains no less, and is better in one of the two; of equal points all are.
    /// </summary>
    /// <param name="points">Cost, the less the better, and gain, the more the better; all finite.</param>
    /// <returns>The places of those on the front, by cost.</returns>
    public static IReadOnlyList<int> Of(IReadOnlyList<(double Cost, double Gain)> points)
    {
        var front = new List<int>();
        double best = double.NegativeInfinity;
        foreach (IGrouping<double, int> alike in Enumerable.Range(0, points.Count).GroupBy(i => points[i].Cost).OrderBy(g => g.Key))
        {
            double gain = alike.Max(i => points[i].Gain);
            if (gain > best)
            {
                front.AddRange(alike.Where(i => points[i].Gain == gain));
                best = gain;
            }
        }
        return front;
    }
}
