using System.Data.Common;
using Integration.Gateway.Platform.Database;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Integration.Gateway.Evidence;

/// <summary>Inserts links without EF's change tracking, which costs several times the insert itself.</summary>
internal static class EvidenceInsert
{
    private const string Columns =
        """INSERT INTO "Evidence" ("Chain","Sequence","EvidenceId","CaseId","CallerId","Record","PreviousHash","Hash")""";

    public static void Write(GatewayDb db, DbTransaction transaction, IReadOnlyList<EvidenceRow> rows)
    {
        if (db.Database.GetDbConnection() is SqliteConnection sqlite)
        {
            WriteSqlite(sqlite, (SqliteTransaction)transaction, rows);
        }
        else
        {
            WritePostgres((NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction)transaction, rows);
        }
    }

    private static void WriteSqlite(
        SqliteConnection connection,
        SqliteTransaction transaction,
        IReadOnlyList<EvidenceRow> rows
    )
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"{Columns} VALUES ($1,$2,$3,$4,$5,$6,$7,$8)";
        var values = new SqliteParameter[8];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = command.Parameters.AddWithValue($"${i + 1}", value: null);
        }

        foreach (var row in rows)
        {
            values[0].Value = row.Chain;
            values[1].Value = row.Sequence;
            values[2].Value = row.EvidenceId;
            values[3].Value = row.CaseId;
            values[4].Value = row.CallerId;
            values[5].Value = row.Record;
            values[6].Value = row.PreviousHash;
            values[7].Value = row.Hash;
            command.ExecuteNonQuery();
        }
    }

    private static void WritePostgres(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        IReadOnlyList<EvidenceRow> rows
    )
    {
        using var command = new NpgsqlCommand(
            $"{Columns} SELECT * FROM unnest($1,$2,$3,$4,$5,$6,$7,$8)",
            connection,
            transaction
        );
        Add(row => row.Chain, NpgsqlDbType.Text);
        Add(row => row.Sequence, NpgsqlDbType.Bigint);
        Add(row => row.EvidenceId, NpgsqlDbType.Text);
        Add(row => row.CaseId, NpgsqlDbType.Text);
        Add(row => row.CallerId, NpgsqlDbType.Text);
        Add(row => row.Record, NpgsqlDbType.Text);
        Add(row => row.PreviousHash, NpgsqlDbType.Bytea);
        Add(row => row.Hash, NpgsqlDbType.Bytea);
        command.ExecuteNonQuery();

        void Add<T>(Func<EvidenceRow, T> value, NpgsqlDbType type) =>
            command.Parameters.Add(
                new NpgsqlParameter { Value = rows.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type }
            );
    }
}
