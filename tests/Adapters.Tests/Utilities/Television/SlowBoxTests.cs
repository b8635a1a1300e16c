using System.Security.Cryptography;
using System.Text;
using Integration.Adapters.Ports;
using Integration.Adapters.Tests.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Adapters.Tests.Utilities.Television;

/// <summary>A box whose people take their time: files lie there, and what comes of them comes later or never.</summary>
public sealed class SlowBoxTests : IAsyncLifetime
{
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private StubPlatform _box = null!;
    private AdapterHost _adapters = null!;

    /// <summary>What the box answers to a put; null: name and digest of what it got.</summary>
    private string? _stored;

    private ICalledProvider Television =>
        _adapters.Services.GetServices<IUtilityProvider>().OfType<ICalledProvider>().Single();

    public async ValueTask InitializeAsync()
    {
        _box = await StubPlatform.StartAsync();
        _box.Service = AnswerAsync;
        _adapters = new AdapterHost { Time = TimeProvider.System };
        _adapters.Set("television:BaseAddress", _box.Address.ToString());
        _adapters.Set("television:UserName", "integration");
        _adapters.SetSecret("television:Password", "x");
        _adapters.Set("television:Limits:Retries", "0");
        _adapters.Set("television:Limits:AttemptTime", "00:00:20");
        _adapters.Set("television:Limits:TotalTime", "00:00:40");
    }

    public async ValueTask DisposeAsync()
    {
        await _adapters.DisposeAsync();
        await _box.DisposeAsync();
    }

    [Fact]
    public async Task A_file_that_nobody_has_fetched_is_an_order_that_arrived()
    {
        Assert.Null(Found(await SendAsync()).Reference);
        Assert.Null(Found(await FindAsync()).Reference);
        Assert.Empty(Assert.IsType<AgencyAnswer<IReadOnlyList<ProviderStatus>>.Found>(await StatusesAsync()).Facts);
    }

    [Fact]
    public async Task An_order_that_was_fetched_is_known_by_its_receipt()
    {
        await SendAsync();
        _files.Clear();
        _files["/out/LEG-1-1.receipt.csv"] = "\"51\",\"LEG-1-1\",\"GD1\",\"在办\"\r\n\"99\",\"1\"\r\n";
        Assert.Equal("GD1", Found(await FindAsync()).Reference);
    }

    [Fact]
    public async Task Neither_file_nor_receipt_is_an_order_that_never_came()
    {
        Assert.IsType<AgencyAnswer<LegReceipt>.Unknown>(await FindAsync());
        Assert.IsType<AgencyAnswer<IReadOnlyList<ProviderStatus>>.Unknown>(await StatusesAsync());
    }

    [Fact]
    public async Task A_cancellation_that_nobody_has_read_takes_nothing_back()
    {
        await SendAsync();
        var receipt = Found(await Television.WithdrawAsync(Legs.Key(), _adapters.Request(Long), Cancelled));
        Assert.False(receipt.IsWithdrawn);
        Assert.Contains("/in/LEG-1-1.cancel.csv", _files.Keys);
    }

    [Fact]
    public async Task A_file_that_the_box_has_only_half_of_is_no_success()
    {
        _stored = $"LEG-1-1.order.csv {new string('0', 64)}\r\n";
        var answer = Assert.IsType<AgencyAnswer<LegReceipt>.Unanswered>(await SendAsync());
        Assert.Equal((FailureStage.Binding, "stored"), (answer.Failure.Stage, answer.Failure.Code));
    }

    [Fact]
    public async Task A_visit_and_an_account_without_an_answer_are_unanswered()
    {
        var slot = new VisitSlot(Legs.At, Legs.At.AddHours(1));
        var visit = await Television.OfferVisitAsync(Legs.Key(), slot, _adapters.Request(Long), Cancelled);
        Assert.Equal("no-file-yet", Assert.IsType<AgencyAnswer<VisitReply>.Unanswered>(visit).Failure.Code);
        var check = await Television.PreCheckAsync(new("100001", "张三"), _adapters.Request(Long), Cancelled);
        Assert.Equal("no-file-yet", Assert.IsType<AgencyAnswer<TransferCheck>.Unanswered>(check).Failure.Code);
    }

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private Task<AgencyAnswer<LegReceipt>> SendAsync() =>
        Television.SendAsync(Legs.Order(), _adapters.Request(Long), Cancelled);

    private Task<AgencyAnswer<LegReceipt>> FindAsync() =>
        Television.FindAsync(Legs.Key(), _adapters.Request(Long), Cancelled);

    private Task<AgencyAnswer<IReadOnlyList<ProviderStatus>>> StatusesAsync() =>
        Television.GetStatusesAsync(Legs.Key(), _adapters.Request(Long), Cancelled);

    private static LegReceipt Found(AgencyAnswer<LegReceipt> answer) =>
        Assert.IsType<AgencyAnswer<LegReceipt>.Found>(answer).Facts;

    private Task AnswerAsync(HttpContext http, byte[] body)
    {
        var path = http.Request.Path.Value!;
        if (HttpMethods.IsPut(http.Request.Method))
        {
            _files[path] = Encoding.UTF8.GetString(body);
            var digest = Convert.ToHexStringLower(SHA256.HashData(body));
            return StubPlatform.AnswerAsync(http, "text/plain", _stored ?? $"{path.Split('/')[^1]} {digest}\r\n");
        }

        if (path == "/out")
        {
            var names = _files.Keys.Where(name => name.StartsWith("/out/", StringComparison.Ordinal)).ToList();
            var lines = names.Select(name => name["/out/".Length..] + "\r\n");
            return StubPlatform.AnswerAsync(http, "text/plain", $"{names.Count}\r\n{string.Concat(lines)}");
        }

        if (_files.TryGetValue(path, out var file))
        {
            return StubPlatform.AnswerAsync(http, "text/csv", file);
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
