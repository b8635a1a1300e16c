using Integration.Sandbox.Door;
using Integration.Sandbox.Fixtures;
using Integration.Sandbox.Signing;

namespace Integration.Sandbox.Agencies.RealEstate;

/// <summary>The real-estate registry: a token, then queries in the form field <c>gxData</c>.</summary>
internal sealed class RealEstateAgency(SandboxSettings settings, Registers registers) : Agency("real-estate")
{
    private const string Root = "/real-estate/realestate-supervise-exchange/api/v1/bdc";
    private const int TokenSeconds = 1600;
    private readonly IssuedTokens _tokens = new(settings.Time);

    public override void Map(IEndpointRouteBuilder routes, AgencyDoor door)
    {
        routes.MapPost($"{Root}/token", door.Open(this, new Operation("token", IssuesSecrets: true), IssueToken));
        routes.MapPost($"{Root}/query", door.Open(this, new Operation("query"), Query));
    }

    public override Answer NotAuthorised(AgencyCall call) => TitleAnswer.Refused("4003", "无权访问", call.Correlation);

    public override Answer SignatureRefused(AgencyCall call) =>
        call.Request.Path.Value!.EndsWith("/token", StringComparison.Ordinal)
            ? TokenRefused("用户名或密码错误")
            : TitleAnswer.Refused("4001", "token无效或已过期", call.Correlation);

    public override void ForgetSecrets() => _tokens.Clear();

    private Answer IssueToken(AgencyCall call)
    {
        if (!call.Is("application/json"))
        {
            return Answer.WrongContentType("application/json");
        }

        using var document = call.Json();
        var (user, password) = (settings.Credentials.RealEstateUser, settings.Credentials.RealEstatePassword);
        if (document?.RootElement.Text("userName") != user || document.RootElement.Text("password") != password)
        {
            return TokenRefused("用户名或密码错误");
        }

        return Answer.Json(
            "issued",
            json =>
            {
                json.WriteNumber("code", 0);
                json.WriteString("msg", string.Empty);
                json.WriteStartObject("data");
                json.WriteString("token", _tokens.Issue(TimeSpan.FromSeconds(TokenSeconds)));
                json.WriteNumber("expires", TokenSeconds);
                json.WriteEndObject();
            }
        );
    }

    private Answer Query(AgencyCall call)
    {
        if (!call.Is("application/x-www-form-urlencoded"))
        {
            return Answer.WrongContentType("application/x-www-form-urlencoded");
        }

        var query = TitleQuery.Read(call, settings.Credentials.RealEstateUser, out var fault);
        if (query is null)
        {
            return TitleAnswer.Refused("4000", fault, call.Correlation);
        }

        if (!_tokens.IsInForce(query.Token))
        {
            return SignatureRefused(call);
        }

        return TitleAnswer.Found(query, [.. query.Conditions.SelectMany(Find).Distinct()]);
    }

    /// <summary>Both numbers, where both are given, must be those of the same title.</summary>
    private IEnumerable<Title> Find(TitleCondition condition)
    {
        if (condition.Certificate.Length == 0)
        {
            return registers.TitlesByUnit[condition.Unit];
        }

        return
            registers.TitlesByCertificate.TryGetValue(condition.Certificate, out var title)
            && (
                condition.Unit.Length == 0
                || title.UnitNumber == condition.Unit
                || title.FormerUnitNumber == condition.Unit
            )
            ? [title]
            : [];
    }

    private static Answer TokenRefused(string message) =>
        Answer.Json(
            "refused:1",
            json =>
            {
                json.WriteNumber("code", 1);
                json.WriteString("msg", message);
                json.WriteNull("data");
            }
        );
}
