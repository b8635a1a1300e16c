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
    private readonly List<Added> _rows = [];

    public void Add(object row) => _rows.Add(new Added(row));

    public void AddRange(IEnumerable<object> rows) => _rows.AddRange(rows.Select(row => new Added(row)));

    /// <summary>A row whose key may be there already; then it is left as it is, and <paramref name="orElse"/> is handed back.</summary>
    public void AddIfAbsent(object row, Action<GatewayDb>? orElse) =>
        _rows.Add(new Added(row) { IfAbsent = true, OrElse = orElse });

    public void Clear() => _rows.Clear();

    /// <summary>Inserts everything that was added, in its order within a table, and forgets it.</summary>
    /// <returns>What is to be done because rows were there already.</returns>
    /// <exception cref="DbException">As the driver reports it, not wrapped by EF.</exception>
    public IReadOnlyList<Action<GatewayDb>> Write(DbContext db, DbTransaction transaction)
    {
        try
        {
            var present = new List<Action<GatewayDb>>();
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

    private sealed record Added(object Row)
    {
        public bool IfAbsent { get; init; }

        /// <summary>Done when the row was there already; null: nothing.</summary>
        public Action<GatewayDb>? OrElse { get; init; }
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
        /// <returns>What is to be done for those that were there already.</returns>
        public IEnumerable<Action<GatewayDb>> Write(
            DbConnection connection,
            DbTransaction transaction,
            IReadOnlyList<Added> rows
        )
        {
            var inserted = connection is SqliteConnection sqlite
                ? WriteOneByOne(sqlite, (SqliteTransaction)transaction, rows)
                : WriteInOneRoundTrip((NpgsqlConnection)connection, (NpgsqlTransaction)transaction, rows);
            return rows.Zip(inserted)
                .Where(written => written.Second == 0)
                .Select(written => written.First.OrElse)
                .OfType<Action<GatewayDb>>();
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
            IReadOnlyList<Added> rows
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
            IReadOnlyList<Added> rows
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
