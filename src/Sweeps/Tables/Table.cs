namespace NeuroHal.Sweeps.Tables;

/// <summary>What the values of a column are.</summary>
public enum ColumnKind
{
    /// <summary>Whole numbers, <see cref="long"/>.</summary>
    Integer,

    /// <summary>Numbers, <see cref="double"/>.</summary>
    Real,

    /// <summary>Text, <see cref="string"/>.</summary>
    Text,
}

/// <summary>A column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="IsOfTheHost">Whether it tells of the host that a run was on, and so changes from one time to the next.</param>
/// <param name="Values">A value for each row; null where a row has none.</param>
public sealed record Column(string Name, ColumnKind Kind, bool IsOfTheHost, IReadOnlyList<object?> Values)
{
    /// <summary>A column of texts that are numbers as far as all of them are.</summary>
    public static Column OfTexts(string name, IReadOnlyList<string?> texts)
    {
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        string[] there = [.. texts.OfType<string>()];
        if (there.Length > 0 && there.All(t => long.TryParse(t, System.Globalization.NumberStyles.AllowLeadingSign, culture, out _)))
        {
            return new Column(name, ColumnKind.Integer, false, [.. texts.Select(t => t is null ? null : (object)long.Parse(t, culture))]);
        }
        return there.Length > 0 && there.All(t => double.TryParse(t, System.Globalization.NumberStyles.Float, culture, out double d) && double.IsFinite(d))
            ? new Column(name, ColumnKind.Real, false, [.. texts.Select(t => t is null ? null : (object)double.Parse(t, culture))])
            : new Column(name, ColumnKind.Text, false, [.. texts]);
    }
}

/// <summary>A table, by columns.</summary>
/// <param name="Columns">The columns, all of one length.</param>
public sealed record Table(IReadOnlyList<Column> Columns)
{
    /// <summary>The number of rows.</summary>
    public int Rows => Columns.Count == 0 ? 0 : Columns[0].Values.Count;

    /// <summary>What is the same whoever ran it, where and how often.</summary>
    public Table WithoutHost => new([.. Columns.Where(c => !c.IsOfTheHost)]);
}
