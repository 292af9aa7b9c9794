using Parquet;
using Parquet.Schema;

namespace NeuroHal.Sweeps.Tables;

/// <summary>A table as Apache Parquet.</summary>
public static class ParquetTable
{
    /// <summary>Writes it; every column may have empty places.</summary>
    public static async Task WriteAsync(Stream stream, Table table, CancellationToken cancellation = default)
    {
        DataField[] fields = [.. table.Columns.Select(Field)];
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, cancellationToken: cancellation).ConfigureAwait(false);
        using ParquetRowGroupWriter rows = writer.CreateRowGroup();
        foreach ((Column column, DataField field) in table.Columns.Zip(fields))
        {
            await (column.Kind switch
            {
                ColumnKind.Integer => rows.WriteAsync<long>(field, column.Values.Select(v => (long?)v).ToArray(), cancellationToken: cancellation),
                ColumnKind.Real => rows.WriteAsync<double>(field, column.Values.Select(v => (double?)v).ToArray(), cancellationToken: cancellation),
                _ => rows.WriteAsync(field, column.Values.Select(v => (string?)v).ToArray()!),
            }).ConfigureAwait(false);
        }
    }

    private static DataField Field(Column column) => column.Kind switch
    {
        ColumnKind.Integer => new DataField<long?>(column.Name),
        ColumnKind.Real => new DataField<double?>(column.Name),
        _ => new DataField(column.Name, typeof(string), isNullable: true),
    };
}
