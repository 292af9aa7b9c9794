using Microsoft.Data.Sqlite;

namespace NeuroHal.Sweeps.Tables;

/// <summary>A table as a database of SQLite with one table in it.</summary>
public static class SqliteTable
{
    /// <summary>Writes a new database; what is there under that name goes.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="table">What goes into it.</param>
    public static void Write(string file, string name, Table table)
    {
        File.Delete(file);
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"CREATE TABLE {Quoted(name)} ({string.Join(", ", table.Columns.Select(c => $"{Quoted(c.Name)} {Type(c)}"))})";
        command.ExecuteNonQuery();
        command.CommandText = $"INSERT INTO {Quoted(name)} VALUES ({string.Join(", ", table.Columns.Select((_, i) => $"$v{i}"))})";
        SqliteParameter[] parameters = [.. table.Columns.Select((_, i) => command.Parameters.Add(new SqliteParameter($"$v{i}", null)))];
        for (int row = 0; row < table.Rows; row++)
        {
            foreach ((SqliteParameter parameter, Column column) in parameters.Zip(table.Columns))
            {
                parameter.Value = column.Values[row] ?? DBNull.Value;
            }
            command.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    private static string Type(Column column) => column.Kind.ToString().ToUpperInvariant(); // SQLite's words, as it happens

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
