using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Integration.Gateway.Platform.Database;

/// <summary>
/// Rows that are inserted and never changed, without EF's change tracking: that costs three times the insert itself, and
/// one verification inserts ten such rows. Same model, same conversions.
/// </summary>
internal sealed class AppendedRows
{
    private static readonly ConcurrentDictionary<(IEntityType Type, bool IfAbsent), Insert> s_inserts = new();
    private readonly List<AppendedRow> _rows = [];

    public void Add(AppendedRow row) => _rows.Add(row);

    public void Clear() => _rows.Clear();

    /// <summary>Inserts everything that was added, in its order within a table, and forgets it.</summary>
    /// <returns>What is to be written because rows were there already.</returns>
    /// <exception cref="DbException">As the driver reports it, not wrapped by EF.</exception>
    public IReadOnlyList<IRowWrite> Write(DbContext db, DbTransaction transaction)
    {
        try
        {
            var present = new List<IRowWrite>();
            foreach (var table in _rows.GroupBy(added => (Type: added.Row.GetType(), added.IfAbsent)))
            {
                var type =
                    db.Model.FindEntityType(table.Key.Type)
                    ?? throw new InvalidOperationException($"{table.Key.Type.Name} is not part of the model.");
                var insert = s_inserts.GetOrAdd(
                    (type, table.Key.IfAbsent),
                    static of => new Insert(of.Type, of.IfAbsent)
                );
                present.AddRange(insert.Write(db.Database.GetDbConnection(), transaction, [.. table]));
            }

            return present;
        }
        finally
        {
            _rows.Clear();
        }
    }

    /// <summary>How rows of one type are inserted.</summary>
    private sealed class Insert
    {
        private readonly string _sql;
        private readonly Func<object, object>[] _values;

        public Insert(IEntityType type, bool ifAbsent)
        {
            var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
            var properties = type.GetProperties().ToList();
            var columns = properties.Select(property => $"\"{property.GetColumnName(table)}\"");
            var places = properties.Select((_, index) => $"@p{index}");
            _sql = $"INSERT INTO \"{table.Name}\" ({string.Join(',', columns)}) VALUES ({string.Join(',', places)})";
            if (ifAbsent)
            {
                _sql += " ON CONFLICT DO NOTHING"; // both engines
            }

            _values = [.. properties.Select(ValueOf)];
        }

        /// <summary>Inserts the rows.</summary>
        /// <returns>What is to be written for those that were there already.</returns>
        public IEnumerable<IRowWrite> Write(
            DbConnection connection,
            DbTransaction transaction,
            IReadOnlyList<AppendedRow> rows
        )
        {
            var inserted = connection is SqliteConnection sqlite
                ? WriteOneByOne(sqlite, (SqliteTransaction)transaction, rows)
                : WriteInOneRoundTrip((NpgsqlConnection)connection, (NpgsqlTransaction)transaction, rows);
            return rows.Zip(inserted)
                .Where(written => written.Second == 0)
                .Select(written => written.First.Otherwise)
                .OfType<IRowWrite>();
        }

        private static Func<object, object> ValueOf(IProperty property)
        {
            var getter = property.GetGetter();
            var convert = property.GetTypeMapping().Converter?.ConvertToProvider;
            return convert is null
                ? row => getter.GetClrValue(row) ?? DBNull.Value
                : row => convert(getter.GetClrValue(row)) ?? DBNull.Value;
        }

        /// <summary>SQLite has no round trips to save.</summary>
        /// <returns>For each row 1, or 0 when it was there already.</returns>
        private int[] WriteOneByOne(
            SqliteConnection connection,
            SqliteTransaction transaction,
            IReadOnlyList<AppendedRow> rows
        )
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = _sql;
            var parameters = new SqliteParameter[_values.Length];
            for (var i = 0; i < parameters.Length; i++)
            {
                parameters[i] = command.Parameters.AddWithValue($"@p{i}", value: null);
            }

            var inserted = new int[rows.Count];
            for (var row = 0; row < inserted.Length; row++)
            {
                for (var i = 0; i < parameters.Length; i++)
                {
                    parameters[i].Value = _values[i](rows[row].Row);
                }

                inserted[row] = command.ExecuteNonQuery();
            }

            return inserted;
        }

        /// <summary>All rows at once.</summary>
        /// <returns>For each row 1, or 0 when it was there already.</returns>
        private int[] WriteInOneRoundTrip(
            NpgsqlConnection connection,
            NpgsqlTransaction transaction,
            IReadOnlyList<AppendedRow> rows
        )
        {
            using var batch = new NpgsqlBatch(connection, transaction);
            foreach (var added in rows)
            {
                var command = new NpgsqlBatchCommand(_sql);
                for (var i = 0; i < _values.Length; i++)
                {
                    command.Parameters.AddWithValue($"p{i}", _values[i](added.Row));
                }

                batch.BatchCommands.Add(command);
            }

            batch.ExecuteNonQuery();
            return [.. batch.BatchCommands.Cast<DbBatchCommand>().Select(command => command.RecordsAffected)];
        }
    }
}
