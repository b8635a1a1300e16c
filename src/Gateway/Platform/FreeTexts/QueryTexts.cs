using System.Text;
using Integration.Contracts.Problems;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Platform.FreeTexts;

/// <summary>
/// Applies the rule of <see cref="FreeText"/> to the query of our own API, under any name of a parameter. What stands in
/// the query of a forwarded request belongs to the agency, and the catalogue says which names it has.
/// </summary>
internal sealed class QueryTexts(RequestDelegate next)
{
    private const string Own = "/v1";

    public Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.QueryString.HasValue || !http.Request.Path.StartsWithSegments(Own, StringComparison.Ordinal))
        {
            return next(http);
        }

        var faults = FaultsIn(http.Request.Query);
        return faults.IsEmpty ? next(http) : Refusal.RequestInvalid(faults.ToList()).ToProblem().ExecuteAsync(http);
    }

    private static FaultList FaultsIn(IQueryCollection query)
    {
        var faults = new FaultList();
        foreach (var (name, values) in query)
        {
            var isName = BodyWalk.IsFieldName(Encoding.UTF8.GetBytes(name));
            foreach (var text in values.Append(isName ? null : name))
            {
                if (FreeText.FaultIn(text, PersonNames.None) is { } fault)
                {
                    faults.Add(new FieldFault(isName ? $"query:{name}" : "query", fault.Code, fault.Message));
                }
            }
        }

        return faults;
    }
}
