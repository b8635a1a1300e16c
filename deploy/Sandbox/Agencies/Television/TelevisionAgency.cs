using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Integration.Sandbox.Agencies.Providers;
using Integration.Sandbox.Door;
using Integration.Sandbox.Signing;

namespace Integration.Sandbox.Agencies.Television;

/// <summary>
/// The television company's file box, under HTTP Basic: what is put into <c>in/</c> is worked on at once, and what comes of it
/// stands in <c>out/</c>.
/// </summary>
internal sealed class TelevisionAgency : ProviderAgency
{
    private const string Csv = "text/csv";

    private static readonly ProviderWords Words = new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["received"] = "已登记",
            ["accepted"] = "已受理",
            ["returned"] = "退件",
            ["surveyScheduled"] = "已约勘",
            ["surveyed"] = "已勘查",
            ["planAnswered"] = "已答复",
            ["awaitingCustomer"] = "待客户",
            ["awaitingPermit"] = "待审批",
            ["construction"] = "施工中",
            ["inspected"] = "已验收",
            ["connected"] = "已开通",
            ["closed"] = "已归档",
            ["withdrawn"] = "已撤单",
            ["suspended"] = "挂起",
        },
        TelevisionOrder.Columns.ToDictionary(column => column.Name, column => column.Field, StringComparer.Ordinal)
    );

    private readonly string _credentials;

    /// <summary>What was put, by name.</summary>
    private readonly ConcurrentDictionary<string, byte[]> _in = new(StringComparer.Ordinal);

    /// <summary>Answers that are not about the state of an order, by name.</summary>
    private readonly ConcurrentDictionary<string, byte[]> _out = new(StringComparer.Ordinal);

    public TelevisionAgency(SandboxSettings settings)
        : base("television", new ProviderDesk("television", new LegBook("GD", Words, settings.Time)))
    {
        var (user, password) = (settings.Credentials.TelevisionUser, settings.Credentials.TelevisionPassword);
        _credentials = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}";
    }

    public override void Map(IEndpointRouteBuilder routes, AgencyDoor door)
    {
        routes.MapPut("/television/in/{key}.order.csv", Put("order", Order));
        routes.MapPut("/television/in/{key}.cancel.csv", Put("withdraw", Cancel));
        routes.MapPut("/television/in/{key}.visit.csv", Put("visit", Visit));
        routes.MapPut("/television/in/{key}.check.csv", Put("precheck", Check));
        routes.MapGet(
            "/television/in/{name}",
            Get("find", call => TelevisionAnswers.File(_in.GetValueOrDefault(Part(call, "name"))))
        );
        routes.MapGet("/television/out", Get("statuses", List));
        routes.MapGet(
            "/television/out/{key}.receipt.csv",
            Get("receipt", call => TelevisionAnswers.File(Receipt(Part(call, "key"))))
        );
        routes.MapGet(
            "/television/out/{name}",
            Get("file", call => TelevisionAnswers.File(Result(Part(call, "name"))))
        );

        RequestDelegate Put(string operation, Func<AgencyCall, IReadOnlyList<string[]>, Answer> work) =>
            door.Open(this, new Operation(operation), call => Stored(call, work));

        RequestDelegate Get(string operation, Func<AgencyCall, Answer> work) =>
            door.Open(this, new Operation(operation), call => IsKnown(call) ? work(call) : SignatureRefused(call));
    }

    public override Answer NotAuthorised(AgencyCall call) => TelevisionAnswers.Refused(StatusCodes.Status403Forbidden);

    public override Answer SignatureRefused(AgencyCall call) =>
        TelevisionAnswers.Refused(StatusCodes.Status401Unauthorized);

    public override void Reset()
    {
        base.Reset();
        _in.Clear();
        _out.Clear();
    }

    private bool IsKnown(AgencyCall call) =>
        call.Header("Authorization") is { } given && Signatures.AreSame(_credentials, given);

    /// <summary>Takes a file once. The same bytes again change nothing; other bytes are not taken, unless the first ones were turned down.</summary>
    private Answer Stored(AgencyCall call, Func<AgencyCall, IReadOnlyList<string[]>, Answer> work)
    {
        if (!call.Is(Csv))
        {
            return Answer.WrongContentType(Csv);
        }

        if (!IsKnown(call))
        {
            return SignatureRefused(call);
        }

        var name = call.Request.Path.Value!.Split('/')[^1];
        if (call.IdempotencyKey is null || BoxLines.Read(call.Body.Span) is not { } lines)
        {
            return TelevisionAnswers.Refused(StatusCodes.Status400BadRequest);
        }

        var bytes = call.Body.ToArray();
        if (_in.TryGetValue(name, out var former))
        {
            return former.AsSpan().SequenceEqual(bytes)
                ? TelevisionAnswers.Accepted(name, bytes)
                : TelevisionAnswers.Refused(StatusCodes.Status412PreconditionFailed);
        }

        var answer = work(call, lines);
        if (answer.Status == StatusCodes.Status201Created)
        {
            _in[name] = bytes;
        }

        return answer;
    }

    private Answer Order(AgencyCall call, IReadOnlyList<string[]> lines)
    {
        var key = Part(call, "key");
        if (TelevisionOrder.Read(call, lines, Words) is not var (draft, missing) || draft.Key != key)
        {
            return TelevisionAnswers.Refused(StatusCodes.Status400BadRequest);
        }

        call.Correlation = draft.LegId;
        if (missing.Length > 0)
        {
            // Turned down: the file is not kept, so that a better one can come under its name.
            _out[$"{key}.receipt.csv"] = BoxLines.Write([
                ["51", key, string.Empty, "退件"],
                .. missing.Select(name => (string[])["52", name]),
            ]);
            return TelevisionAnswers.Accepted(call, "incomplete") with { Status = StatusCodes.Status202Accepted };
        }

        _out.TryRemove($"{key}.receipt.csv", out _);
        var taken = Desk.Legs.Take(draft)!.Value;
        if (taken.Leg.IsWithdrawn)
        {
            _out[$"{key}.receipt.csv"] = BoxLines.Write([
                ["51", key, string.Empty, "已撤"],
            ]);
        }

        return TelevisionAnswers.Accepted(call) with
        {
            Effective = taken.Changed,
        };
    }

    private Answer Cancel(AgencyCall call, IReadOnlyList<string[]> lines)
    {
        var key = Part(call, "key");
        if (lines is not [["09", var named]] || named != key || call.IdempotencyKey != $"{key}:withdraw")
        {
            return TelevisionAnswers.Refused(StatusCodes.Status400BadRequest);
        }

        var taken = Desk.Legs.Withdraw(key);
        if (taken is null)
        {
            _out[$"{key}.receipt.csv"] = BoxLines.Write([
                ["51", key, string.Empty, "无单"],
            ]);
        }

        return TelevisionAnswers.Accepted(call) with
        {
            Effective = taken is { Changed: true },
        };
    }

    private Answer Visit(AgencyCall call, IReadOnlyList<string[]> lines)
    {
        if (
            lines is not [["04", var key, var from, var until]]
            || ChinaTime.Parse(from) is null
            || ChinaTime.Parse(until) is null
            || !call.IdempotencyKey!.StartsWith($"{key}:visit:", StringComparison.Ordinal)
            || !Part(call, "key").StartsWith($"{key}.", StringComparison.Ordinal)
        )
        {
            return TelevisionAnswers.Refused(StatusCodes.Status400BadRequest);
        }

        if (Desk.Legs.Find(key) is null)
        {
            return TelevisionAnswers.Accepted(call);
        }

        var (comes, isNew) = Desk.Visit(call.IdempotencyKey);
        _out[$"{Part(call, "key")}.visit.csv"] = BoxLines.Write([
            ["64", key, from, comes ? "可" : "否"],
        ]);
        return TelevisionAnswers.Accepted(call) with { Effective = isNew };
    }

    private Answer Check(AgencyCall call, IReadOnlyList<string[]> lines)
    {
        if (lines is not [["05", { Length: > 0 } number, { Length: > 0 }]] || Part(call, "key") != call.IdempotencyKey)
        {
            return TelevisionAnswers.Refused(StatusCodes.Status400BadRequest);
        }

        _out[$"{call.IdempotencyKey}.check.csv"] = BoxLines.Write([
            Desk.Account(number) is { } account
                ? ["65", number, account.HasArrears ? "欠费" : "不欠", account.IsFormerHolders ? "原户" : "他户"]
                : ["65", number, "无户", string.Empty],
        ]);
        return TelevisionAnswers.Accepted(call);
    }

    /// <summary>Receipt and statuses of one order; a leg that walks by itself has made a step.</summary>
    private Answer List(AgencyCall call)
    {
        var prefix = (string?)call.Request.Query["prefix"];
        if (prefix is not [.., '.'] || call.Request.Query.Count != 1)
        {
            return TelevisionAnswers.Refused(StatusCodes.Status400BadRequest);
        }

        var key = prefix[..^1];
        var leg = Desk.Legs.Look(key);
        List<string> names = Receipt(key) is null ? [] : [$"{key}.receipt.csv"];
        names.AddRange(Disordered(call, leg?.Statuses ?? []).Select(status => $"{key}.{status.Id}.status.csv"));
        IReadOnlyList<string> lines = [names.Count.ToString(CultureInfo.InvariantCulture), .. names];
        return Answer.Text(
            "answered",
            StatusCodes.Status200OK,
            "text/plain;charset=UTF-8",
            string.Concat(lines.Select(line => line + "\r\n"))
        );
    }

    private byte[]? Receipt(string key) =>
        _out.TryGetValue($"{key}.receipt.csv", out var written) ? written
        : Desk.Legs.Find(key) is { } leg
            ? BoxLines.Write([
                ["51", key, leg.Reference, leg.IsWithdrawn ? "已撤" : "在办"],
            ])
        : null;

    private byte[]? Result(string name)
    {
        if (_out.TryGetValue(name, out var written))
        {
            return written;
        }

        // Key and number may hold dots themselves.
        for (var dot = name.IndexOf('.'); dot > 0; dot = name.IndexOf('.', dot + 1))
        {
            if (
                Desk.Legs.Find(name[..dot]) is { } leg
                && leg.Statuses.FirstOrDefault(status => name == $"{leg.Key}.{status.Id}.status.csv") is { } status
            )
            {
                return TelevisionAnswers.Written(leg, status, Words);
            }
        }

        return null;
    }

    private static string Part(AgencyCall call, string name) => (string)call.Request.RouteValues[name]!;
}
