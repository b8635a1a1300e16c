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
    private readonly List<(object Row, bool IfAbsent)> _rows = [];

    public void Add(object row) => _rows.Add((row, IfAbsent: false));

    public void AddRange(IEnumerable<object> rows) => _rows.AddRange(rows.Select(row => (row, IfAbsent: false)));

    /// <summary>A row whose key may be there already; then it is left as it is.</summary>
    public void AddIfAbsent(object row) => _rows.Add((row, IfAbsent: true));

    public void Clear() => _rows.Clear();

    /// <summary>Inserts everything that was added, in its order within a table, and forgets it.</summary>
    /// <exception cref="DbException">As the driver reports it, not wrapped by EF.</exception>
    public void Write(DbContext db, DbTransaction transaction)
    {
        try
        {
            foreach (var table in _rows.GroupBy(added => (Type: added.Row.GetType(), added.IfAbsent)))
            {
                var type =
                    db.Model.FindEntityType(table.Key.Type)
                    ?? throw new InvalidOperationException($"{table.Key.Type.Name} is not part of the model.");
                s_inserts
                    .GetOrAdd((type, table.Key.IfAbsent), static of => new Insert(of.Type, of.IfAbsent))
                    .Write(db.Database.GetDbConnection(), transaction, table.Select(added => added.Row));
            }
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

        public void Write(DbConnection connection, DbTransaction transaction, IEnumerable<object> rows)
        {
            if (connection is SqliteConnection sqlite)
            {
                WriteOneByOne(sqlite, (SqliteTransaction)transaction, rows);
            }
            else
            {
                WriteInOneRoundTrip((NpgsqlConnection)connection, (NpgsqlTransaction)transaction, rows);
            }
        }

        private static Func<object, object> ValueOf(IProperty property)
        {
            var getter = property.GetGetter();
            var convert = property.GetTypeMapping().Converter?.ConvertToProvider;
            return convert is null
                ? row => getter.GetClrValue(row) ?? DBNull.Value
                : row => convert(getter.GetClrValue(row)) ?? DBNull.Value;
        }

        private void WriteOneByOne(SqliteConnection connection, SqliteTransaction transaction, IEnumerable<object> rows)
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = _sql;
            var parameters = new SqliteParameter[_values.Length];
            for (var i = 0; i < parameters.Length; i++)
            {
                parameters[i] = command.Parameters.AddWithValue($"@p{i}", value: null);
            }

            foreach (var row in rows)
            {
                for (var i = 0; i < parameters.Length; i++)
                {
                    parameters[i].Value = _values[i](row);
                }

                command.ExecuteNonQuery();
            }
        }

        private void WriteInOneRoundTrip(
            NpgsqlConnection connection,
            NpgsqlTransaction transaction,
            IEnumerable<object> rows
        )
        {
            using var batch = new NpgsqlBatch(connection, transaction);
            foreach (var row in rows)
            {
                var command = new NpgsqlBatchCommand(_sql);
                for (var i = 0; i < _values.Length; i++)
                {
                    command.Parameters.AddWithValue($"p{i}", _values[i](row));
                }

                batch.BatchCommands.Add(command);
            }

            batch.ExecuteNonQuery();
        }
    }
}
