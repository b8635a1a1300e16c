using Integration.Contracts.V1.Cases;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Clocks;

namespace Integration.Gateway.Cases;

/// <summary>Adds the cases of a report up, one by one. Pure but for what it has added.</summary>
internal sealed class LimitFold(SlaClock clock, DateTimeOffset now)
{
    /// <summary>Most figures of single cases; the sums go over all.</summary>
    public const int MostCases = 1000;

    private readonly Dictionary<(string Service, string Clock, string Limit, ClockTerms Terms), Sum> _sums = [];
    private readonly List<CaseFigures> _cases = [];

    /// <summary>Whether figures of single cases were left out.</summary>
    public bool IsCut { get; private set; }

    public IReadOnlyList<CaseFigures> Cases => _cases;

    public IReadOnlyList<LimitFigures> Limits =>
        [
            .. _sums
                .OrderBy(sum => sum.Key.Service, StringComparer.Ordinal)
                .ThenBy(sum => sum.Key.Clock, StringComparer.Ordinal)
                .ThenBy(sum => sum.Key.Limit, StringComparer.Ordinal)
                .ThenBy(sum => sum.Key.Terms.Amount)
                .Select(sum => sum.Value.Figures(sum.Key.Service, sum.Key.Clock, sum.Key.Limit, sum.Key.Terms)),
        ];

    public void Add(Case found)
    {
        foreach (var running in found.Clocks.Where(running => running is { Terms: not null, Limit: not null }))
        {
            Add(found, running, running.Terms!, running.Limit!);
        }
    }

    private void Add(Case found, CaseClock running, ClockTerms terms, string limit)
    {
        var isRead = CaseReading.Read(running, clock, now).Succeeded(out var reading, out _);
        var used = isRead ? Used(reading, terms) : (decimal?)null;
        var key = (found.ServiceType ?? string.Empty, running.Clock, limit, terms);
        var sum = _sums.GetValueOrDefault(key) ?? (_sums[key] = new Sum());
        sum.Add(used, !running.IsRunning, reading.Colour == ClockColour.Red);
        if (_cases.Count == MostCases)
        {
            IsCut = true;
            return;
        }

        _cases.Add(
            new CaseFigures
            {
                CaseId = found.CaseId,
                Caller = found.CallerId,
                ServiceType = found.ServiceType ?? string.Empty,
                Clock = running.Clock,
                Limit = limit,
                Kind = terms.Kind,
                AcceptedAt = ChinaTime.In(found.AcceptedAt ?? found.OpenedAt),
                EndedAt = running.EndedAt is { } ended ? ChinaTime.In(ended) : null,
                Used = used,
                Allowed = terms.Amount,
                Colour = isRead ? reading.Colour : null,
                Stops = [.. StopsOf(running)],
            }
        );
    }

    private IEnumerable<StopSum> StopsOf(CaseClock running) =>
        running
            .Stops.GroupBy(stop => stop.Reason, StringComparer.Ordinal)
            .Select(same => new StopSum(
                same.Key,
                CaseReading.Minutes(TimeSpan.FromTicks(same.Sum(stop => ((stop.Until ?? now) - stop.From).Ticks)))
            ));

    /// <summary>Minutes, or working days: the used share of what is allowed, times the days allowed.</summary>
    private static decimal Used(ClockReading reading, ClockTerms terms) =>
        terms.Kind == ClockKind.WorkingDays
            ? decimal.Round((decimal)reading.Used.Ticks / reading.Allowed!.Value.Ticks * terms.Amount, 3)
            : CaseReading.Minutes(reading.Used);

    private sealed class Sum
    {
        private int _cases;
        private int _finished;
        private int _within;
        private int _overdue;
        private int _notRead;
        private decimal _used;

        public void Add(decimal? used, bool isOver, bool isRed)
        {
            _cases++;
            if (used is not { } known)
            {
                _notRead++;
            }
            else if (isOver)
            {
                _finished++;
                _used += known;
                _within += isRed ? 0 : 1;
            }
            else if (isRed)
            {
                _overdue++;
            }
        }

        public LimitFigures Figures(string service, string clock, string limit, ClockTerms terms) =>
            new()
            {
                ServiceType = service,
                Clock = clock,
                Limit = limit,
                Kind = terms.Kind,
                Allowed = terms.Amount,
                Cases = _cases,
                Finished = _finished,
                Mean = _finished == 0 ? null : decimal.Round(_used / _finished, 3),
                ShareWithin =
                    _finished + _overdue == 0 ? null : decimal.Round((decimal)_within / (_finished + _overdue), 4),
                NotRead = _notRead,
            };
    }
}
