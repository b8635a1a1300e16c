namespace Integration.Gateway.Sharing.Filtering;

/// <summary>
/// Follows XML just closely enough to know how long the present tag, section, comment, instruction or reference is, before the
/// reader sees it: the reader itself would hold one of any length. Text it does not hold. Stops at a document type.
/// </summary>
internal struct MarkupScan(int most)
{
    /// <summary>No reference without a document type is longer; the reader holds a reference whole.</summary>
    private const int LongestReference = 64;

    private Place _place;
    private int _length;
    private char _quote;
    private char _last;
    private char _lastButOne;

    private enum Place
    {
        Text,
        Reference,
        Open,
        Declaration,
        CommentOpen,
        Comment,
        CData,
        Instruction,
        Tag,
        Quoted,
    }

    /// <summary>Follows what comes next.</summary>
    /// <returns>Null, or what must not go on to the reader.</returns>
    public FilterFault? Follow(ReadOnlySpan<char> chars)
    {
        while (!chars.IsEmpty)
        {
            var count = _place switch
            {
                Place.Text => Until(chars, chars.IndexOfAny('<', '&')),
                Place.Reference => Until(chars, chars.IndexOfAny(';', '<')),
                Place.Tag => Until(chars, chars.IndexOfAny('>', '"', '\'')),
                Place.Quoted => Until(chars, chars.IndexOf(_quote)),
                Place.Comment or Place.CData or Place.Instruction => Until(chars, chars.IndexOf('>')),
                _ => 1,
            };
            _length = Math.Min(_length, int.MaxValue - count) + count;
            if (IsTooLong())
            {
                return FilterFault.Token;
            }

            if (!Turn(chars[..count]))
            {
                return FilterFault.Dtd;
            }

            Remember(chars[..count]);
            chars = chars[count..];
        }

        return null;
    }

    private static int Until(ReadOnlySpan<char> chars, int index) => index < 0 ? chars.Length : index + 1;

    private readonly bool IsTooLong() =>
        _place switch
        {
            Place.Text => false,
            Place.Reference => _length > LongestReference,
            _ => _length > most,
        };

    /// <summary>Goes where the last of the characters leads. False: to a document type.</summary>
    private bool Turn(ReadOnlySpan<char> chars)
    {
        var c = chars[^1];
        switch (_place)
        {
            case Place.Text when c == '<':
            case Place.Reference when c == '<':
                Go(Place.Open);
                break;
            case Place.Text when c == '&':
                Go(Place.Reference);
                break;
            case Place.Reference when c == ';':
            case Place.Tag when c == '>':
            case Place.Comment when c == '>' && EndsWith('-', chars):
            case Place.CData when c == '>' && EndsWith(']', chars):
            case Place.Instruction when c == '>' && Before(chars, 2) == '?':
                Go(Place.Text);
                break;
            case Place.Open:
                Opened(c);
                break;
            case Place.Declaration when c == '-':
                _place = Place.CommentOpen;
                break;
            case Place.Declaration when c == '[':
                Go(Place.CData);
                break;
            case Place.Declaration:
                return false;
            case Place.CommentOpen:
                Go(Place.Comment);
                break;
            case Place.Tag when c is '"' or '\'':
                (_place, _quote) = (Place.Quoted, c);
                break;
            case Place.Quoted when c == _quote:
                _place = Place.Tag;
                break;
        }

        return true;
    }

    private void Opened(char c)
    {
        switch (c)
        {
            case '!':
                _place = Place.Declaration;
                break;
            case '?':
                Go(Place.Instruction);
                break;
            case '>':
                Go(Place.Text);
                break;
            default:
                _place = Place.Tag;
                break;
        }
    }

    private void Go(Place place)
    {
        (_place, _length) = (place, 0);
    }

    private readonly bool EndsWith(char mark, ReadOnlySpan<char> chars) =>
        _length > 2 && Before(chars, 2) == mark && Before(chars, 3) == mark;

    /// <summary>The character that many places from the end, looking into what came before.</summary>
    private readonly char Before(ReadOnlySpan<char> chars, int place) =>
        place <= chars.Length ? chars[^place]
        : place - chars.Length == 1 ? _last
        : _lastButOne;

    private void Remember(ReadOnlySpan<char> chars)
    {
        _lastButOne = chars.Length > 1 ? chars[^2] : _last;
        _last = chars[^1];
    }
}
