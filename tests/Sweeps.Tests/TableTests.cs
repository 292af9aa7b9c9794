using System.Text;
using Microsoft.Data.Sqlite;
using NeuroHal.Sweeps.Tables;
using Parquet;

namespace NeuroHal.Sweeps.Tests;

public sealed class TableTests
{
    private static readonly Table _table = new(
    [
        new Column("run", ColumnKind.Integer, false, [1L, 2L]),
        new Column("training:l1", ColumnKind.Real, false, [0.1, null]),
        new Column("words", ColumnKind.Text, false, ["a, \"b\"\nc", null]),
        new Column("wallSeconds", ColumnKind.Real, true, [1e-7, 2.5]),
    ]);

    [Fact]
    public void Comma_separated_values_quote_what_they_have_to_and_keep_every_digit()
    {
        Assert.Equal("run,training:l1,words,wallSeconds\n1,0.1,\"a, \"\"b\"\"\nc\",1E-07\n2,,,2.5\n", Csv(_table));
        Assert.Equal("run,training:l1,words\n1,0.1,\"a, \"\"b\"\"\nc\"\n2,,\n", Csv(_table.WithoutHost));
    }

    [Fact]
    public async Task Parquet_holds_the_same()
    {
        using var stream = new MemoryStream();
        await ParquetTable.WriteAsync(stream, _table, TestContext.Current.CancellationToken);
        stream.Position = 0;
        await using ParquetReader reader = await ParquetReader.CreateAsync(stream, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(_table.Columns.Select(c => c.Name), reader.Schema.Fields.Select(f => f.Name));
        using ParquetRowGroupReader rows = reader.OpenRowGroupReader(0);
        var whole = new long?[2];
        var real = new double?[2];
        var text = new string?[2];
        await rows.ReadAsync<long>(reader.Schema.DataFields[0], whole, cancellationToken: TestContext.Current.CancellationToken);
        await rows.ReadAsync<double>(reader.Schema.DataFields[1], real, cancellationToken: TestContext.Current.CancellationToken);
        await rows.ReadAsync(reader.Schema.DataFields[2], text!, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([1, 2], whole);
        Assert.Equal([0.1, null], real);
        Assert.Equal(["a, \"b\"\nc", null], text);
    }

    [Fact]
    public void A_database_holds_the_same_under_the_same_names()
    {
        string file = Path.GetTempFileName();
        try
        {
            SqliteTable.Write(file, "runs", _table);
            using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "SELECT run, \"training:l1\", words, wallSeconds FROM runs ORDER BY run";
            using SqliteDataReader row = command.ExecuteReader();
            Assert.True(row.Read());
            Assert.Equal((1L, 0.1, "a, \"b\"\nc", 1e-7), (row.GetInt64(0), row.GetDouble(1), row.GetString(2), row.GetDouble(3)));
            Assert.True(row.Read());
            Assert.Equal((2L, true, true, 2.5), (row.GetInt64(0), row.IsDBNull(1), row.IsDBNull(2), row.GetDouble(3)));
            Assert.False(row.Read());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_column_of_settings_is_numbers_if_all_of_them_are()
    {
        Assert.Equal(ColumnKind.Integer, Column.OfTexts("k", ["1", null, "-2"]).Kind);
        Assert.Equal(ColumnKind.Real, Column.OfTexts("k", ["1", "1e-3"]).Kind);
        Assert.Equal(ColumnKind.Text, Column.OfTexts("k", ["1", "0.1,0.2"]).Kind);
        Assert.Equal(ColumnKind.Text, Column.OfTexts("k", ["1", "NaN"]).Kind);
        Assert.Equal(ColumnKind.Text, Column.OfTexts("k", [null]).Kind);
    }

    private static string Csv(Table table)
    {
        using var stream = new MemoryStream();
        CsvTable.Write(stream, table);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
