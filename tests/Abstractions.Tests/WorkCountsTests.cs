using System.Reflection;

namespace NeuroHal.Abstractions.Tests;

/// <summary>A class of work that is added later must not be forgotten in a sum.</summary>
public sealed class WorkCountsTests
{
    private static readonly PropertyInfo[] _classes =
        [.. typeof(WorkCounts).GetProperties(BindingFlags.Public | BindingFlags.Instance)];

    [Fact]
    public void A_sum_adds_every_class()
    {
        WorkCounts sum = Numbered(1) + Numbered(100);
        Assert.All(_classes, (p, i) => Assert.Equal((i + 1) * 101L, p.GetValue(sum)));
    }

    [Fact]
    public void A_multiple_multiplies_every_class()
    {
        WorkCounts product = Numbered(1) * 7;
        Assert.All(_classes, (p, i) => Assert.Equal((i + 1) * 7L, p.GetValue(product)));
    }

    private static WorkCounts Numbered(long factor)
    {
        object counts = WorkCounts.None;
        for (int i = 0; i < _classes.Length; i++)
        {
            _classes[i].SetValue(counts, (i + 1) * factor);
        }
        return (WorkCounts)counts;
    }
}
