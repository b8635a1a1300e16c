using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Integration.Gateway.Notices;
using Integration.Gateway.Notices.Storage;
using Integration.Gateway.Signatures;
using Integration.Testing;
using Integration.Testing.Databases;
using Integration.Testing.Drivers;
using Integration.Testing.Recording;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Gateway.Tests.Notices;

/// <summary>Nodes that send notices to stand-in subscribers, over one database, under a clock that the test moves.</summary>
internal sealed class NoticeDriver(TestDatabase database) : IAsyncDisposable
{
    public const string Hall = "hall";

    private readonly List<ServiceHost> _nodes = [];
    private readonly Dictionary<string, string?> _settings = new(StringComparer.Ordinal);

    public LookingClock Clock { get; } =
        new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8)), TimeSpan.FromSeconds(1));

    public List<StandInSubscriber> Subscribers { get; } = [];

    public StandInSubscriber Subscriber => Subscribers[0];

    public ServiceHost Node => _nodes[0];

    /// <summary>Adds a subscriber of a client; before the first node starts.</summary>
    public async Task<StandInSubscriber> SubscribeAsync(string name, string client = Hall)
    {
        var subscriber = await StandInSubscriber.StartAsync(Clock);
        var place = FormattableString.Invariant($"Gateway:Notices:Subscribers:{Subscribers.Count}");
        _settings[$"{place}:Name"] = name;
        _settings[$"{place}:Client"] = client;
        _settings[$"{place}:Address"] = subscriber.Address.ToString();
        _settings[$"{place}:Secret"] = Put(name, subscriber.Secret);
        Subscribers.Add(subscriber);
        return subscriber;
    }

    /// <summary>Another setting; before the first node starts.</summary>
    public void Set(string key, string value) => _settings[key] = value;

    /// <summary>A file of the test's own, as a reference.</summary>
    public string Put(string name, string content)
    {
        var path = Path.Combine(database.Folder, $"{name}.secret");
        File.WriteAllText(path, content);
        return $"file:{path}";
    }

    /// <summary>Gives the receipt key a certificate; before the first node starts.</summary>
    public X509Certificate2 CertifyReceipts()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=receipts", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        Set("Gateway:Receipts:SigningKey", Put("receipt-key", key.ExportPkcs8PrivateKeyPem()));
        Set("Gateway:Receipts:Certificate", Put("receipt-certificate", certificate.ExportCertificatePem()));
        return X509CertificateLoader.LoadCertificate(certificate.RawData);
    }

    /// <summary>Starts a node and waits until each of its lines has looked once.</summary>
    public async Task<ServiceHost> StartAsync()
    {
        var looks = Clock.Looks;
        // Without timers: their engine, too, looks every second, and would be taken for a line.
        var node = await ServiceHost.StartAsync(builder =>
        {
            builder.AddState(database, _settings);
            builder.Services.AddSingleton<TimeProvider>(Clock);
            builder.Services.AddSignatures();
            builder.Services.AddNotices();
        });
        _nodes.Add(node);
        await Clock.LookedAsync(looks + Subscribers.Count);
        return node;
    }

    /// <summary>Ends a node in good order.</summary>
    public async Task StopAsync(ServiceHost node)
    {
        _nodes.Remove(node);
        await node.DisposeAsync();
    }

    /// <summary>Puts a notice into the outbox and commits it.</summary>
    public async Task<string> TellAsync(string caseId, string type = NoticeTypes.CaseAccepted, string client = Hall)
    {
        await using var db = Node.Db();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var rows = Node.Get<NoticeOutbox>().Rows(NoticeOf(caseId, type, client));
        db.AppendRange(rows);
        db.WriteAppended();
        await transaction.CommitAsync();
        return rows[0].NoticeId;
    }

    public Notice NoticeOf(string caseId, string type = NoticeTypes.CaseAccepted, string client = Hall) =>
        new()
        {
            Type = type,
            CallerId = client,
            CaseId = caseId,
            At = Clock.GetUtcNow(),
            Data = new Dictionary<string, string?>(StringComparer.Ordinal) { ["applicationId"] = "app_1" },
        };

    public async Task<NoticeRow> RowAsync(string noticeId)
    {
        await using var db = Node.Db();
        return await db.Set<NoticeRow>().AsNoTracking().SingleAsync(row => row.NoticeId == noticeId);
    }

    /// <summary>A second goes by.</summary>
    public Task SecondAsync() => Clock.PassAsync(TimeSpan.FromSeconds(1), Subscribers.Count * _nodes.Count);

    /// <summary>Time goes by in one step.</summary>
    public Task PassAsync(TimeSpan time) => Clock.PassAsync(time, Subscribers.Count * _nodes.Count);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        foreach (var subscriber in Subscribers)
        {
            await subscriber.DisposeAsync();
        }
    }
}
