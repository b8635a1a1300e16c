using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Integration.Contracts;
using Integration.Contracts.V1.JointApplications;
using Integration.FlowTests.Sharing;
using Integration.Gateway.Platform.Database;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.PersonalData;

/// <summary>Who has a copy of the database and guesses a message finds nothing to compare it with.</summary>
public sealed class KeyedDigestTests : IAsyncLifetime
{
    private IntegrationHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await IntegrationHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task No_plain_digest_of_a_message_is_found_in_the_database()
    {
        var messages = new List<byte[]>();
        await EventsAsync(messages);
        await StatusAsync(messages);
        await SharedAsync(messages);

        var stored = await StoredBytesAsync();
        Assert.True(Holds(stored, Encoding.UTF8.GetBytes("requestDigest"))); // what is looked through is the right file
        foreach (var digest in messages.Select(SHA256.HashData))
        {
            Assert.False(Holds(stored, digest));
            Assert.False(Holds(stored, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(digest))));
            Assert.False(Holds(stored, Encoding.ASCII.GetBytes(Convert.ToHexString(digest))));
            Assert.False(Holds(stored, Encoding.ASCII.GetBytes(Convert.ToBase64String(digest))));
        }
    }

    /// <summary>A delivery, its receipt, a repetition, and another event under its id.</summary>
    private async Task EventsAsync(List<byte[]> messages)
    {
        using var municipal = _host.Municipal();
        var opened = MunicipalEvents.Opened();
        var receipt = await municipal.AcceptedAsync(opened);
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(MunicipalDriver.BytesOf(opened))),
            receipt.Sha256 // the sender has the bytes, and its receipt names them
        );
        using var whole = await municipal.Client.GetAsync($"/v1/events/{receipt.ReceiptId}/receipt");
        Assert.True(whole.IsSuccessStatusCode);
        Assert.Equal(receipt.Sha256, (await municipal.AcceptedAsync(opened)).Sha256);
        var other = opened with { Subject = "other" };
        using var conflict = await municipal.SendAsync(other);
        Assert.Equal(409, (int)conflict.StatusCode);
        messages.Add(MunicipalDriver.BytesOf(opened));
        messages.Add(MunicipalDriver.BytesOf(other));
        messages.Add(await whole.Content.ReadAsByteArrayAsync());
    }

    private async Task StatusAsync(List<byte[]> messages)
    {
        var joint = await _host.Hall.Api.OpenJointApplicationAsync(JointRequests.New(Utility.Network));
        var status = new LegStatusReport
        {
            StatusId = "S-1",
            LegId = joint.Legs[0].LegId,
            State = "accepted",
            At = _host.Hall.Time.GetUtcNow(),
            Detail = "421022198603173319",
        };
        var network = _host.As("network");
        using var first = await network.PostAsync("/v1/utilities/network/statuses", status);
        using var again = await network.PostAsync("/v1/utilities/network/statuses", status);
        using var other = await network.PostAsync("/v1/utilities/network/statuses", status with { Detail = "x" });
        Assert.Equal((200, 200, 409), ((int)first.StatusCode, (int)again.StatusCode, (int)other.StatusCode));
        messages.Add(JsonSerializer.SerializeToUtf8Bytes(status, IntegrationJson.Options));
    }

    private async Task SharedAsync(List<byte[]> messages)
    {
        const string Path = "identity-check/check";
        using var answer = await _host.Hall.ShareAsync(Path, ShareFixture.BodyOf(Path));
        Assert.True(answer.IsSuccessStatusCode);
        messages.Add(Encoding.UTF8.GetBytes(ShareFixture.BodyOf(Path)));
        messages.Add(await answer.Content.ReadAsByteArrayAsync());
    }

    private async Task<byte[]> StoredBytesAsync()
    {
        await using var db = _host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContext();
        var file = new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource;
        using var stored = new MemoryStream();
        foreach (var part in Directory.EnumerateFiles(Path.GetDirectoryName(file)!, $"{Path.GetFileName(file)}*"))
        {
            await using var stream = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await stream.CopyToAsync(stored);
        }

        return stored.ToArray();
    }

    private static bool Holds(byte[] stored, byte[] looked) => stored.AsSpan().IndexOf(looked) >= 0;
}
