using System.Globalization;
using Integration.Adapters.Http.Wire;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.RealEstate;

/// <summary>
/// Query numbers (cxqqdh): <c>yyyyMMdd</c> in China + 6-digit division + 6-digit sequence of the day.
/// </summary>
/// <remarks>
/// The sequence follows the clock instead of a stored counter: the day's million numbers are dealt out evenly over its
/// 24 hours and among the nodes, so a number is not used twice after a restart, and no two nodes share one. Faster than
/// that (11.5 a second with one node) the sequence runs ahead of the clock; only a restart during such a lead can repeat
/// numbers, and a day's numbers can run out before midnight. An answer is bound to its own HTTP exchange as well, so a
/// repeated number could only blur the registry's own log.
/// </remarks>
internal sealed class QueryNumbers(IOptions<RealEstateOptions> options, TimeProvider time)
{
    /// <summary>Code of the failure that there is no number left today.</summary>
    public const string UsedUp = "query-numbers-used-up";

    private const int NumbersPerDay = 1_000_000;

    private readonly RealEstateOptions _options = options.Value;
    private readonly Lock _lock = new();
    private DateOnly _day;
    private int _slot = -1;

    /// <summary>A number not used before, or null when today's are used up.</summary>
    public string? Next()
    {
        var now = time.GetUtcNow().ToOffset(WireDate.ChinaOffset);
        var day = DateOnly.FromDateTime(now.DateTime);
        var slots = NumbersPerDay / _options.Nodes;
        var due = (int)(now.TimeOfDay.Ticks * slots / TimeSpan.TicksPerDay);
        lock (_lock)
        {
            if (day > _day)
            {
                (_day, _slot) = (day, due);
            }
            else
            {
                // A clock set back keeps the later day: its numbers are the ones not used yet.
                _slot = Math.Max(_slot + 1, day == _day ? due : 0);
            }

            return _slot < slots ? Format(_day, (_slot * _options.Nodes) + _options.Node) : null;
        }
    }

    private string Format(DateOnly day, int sequence) =>
        string.Create(CultureInfo.InvariantCulture, $"{day:yyyyMMdd}{_options.Division}{sequence:D6}");
}
