using System.Globalization;
using System.Text.Json;
using Mempulse.Dashboard.Format;
using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>Reads the call tree of a simulation from its stored trace, in the format of geth's callTracer.</summary>
/// <param name="registry">Names of accounts and functions; null for none.</param>
/// <param name="titles">Names of accounts.</param>
internal sealed class CallRows(ContractRegistry? registry, OppTitles titles)
{
    /// <summary>Calls that are shown; the rest is counted.</summary>
    public const int MaxRows = 48;

    private const int MaxJsonDepth = 4_096;
    private const int SelectorCharacters = 10; // 0x and four bytes

    private readonly List<CallRow> _rows = [];
    private int _more;

    /// <summary>The calls in their order, and how many more there are; null if the bytes are not a trace.</summary>
    public (IReadOnlyList<CallRow> Rows, int More)? Read(ReadOnlyMemory<byte> trace)
    {
        try
        {
            using var document = JsonDocument.Parse(trace, new JsonDocumentOptions { MaxDepth = MaxJsonDepth });
            foreach (var call in document.RootElement.EnumerateArray())
            {
                Take(call, depth: 0);
            }

            return (_rows, _more);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return null; // the digest of the trace is checked where it is stored: this is another version
        }
    }

    /// <summary>Takes a call and those in it. The protocol bounds the depth of the recursion.</summary>
    private void Take(JsonElement call, int depth)
    {
        if (_rows.Count < MaxRows)
        {
            string account = call.TryGetProperty("to", out var to) && to.GetString() is { } text ? text : string.Empty;
            string name = Address.TryParse(account, out var address) ? titles.NameOf(address) : "a new contract";
            _rows.Add(new CallRow(depth, account, name, FunctionOf(call), GasOf(call), call.TryGetProperty("error", out var error) ? ChainText.Of(error.GetString() ?? string.Empty) : string.Empty));
        }
        else
        {
            _more++;
        }

        foreach (var inner in call.TryGetProperty("calls", out var calls) ? calls.EnumerateArray() : default)
        {
            Take(inner, depth + 1);
        }
    }

    private string FunctionOf(JsonElement call)
    {
        string kind = call.GetProperty("type").GetString() ?? string.Empty;
        if (!call.TryGetProperty("input", out var input) || input.GetString() is not { Length: >= SelectorCharacters } data || kind.StartsWith("CREATE", StringComparison.Ordinal))
        {
            return kind == "CALL" ? "pays ether" : kind.ToLowerInvariant();
        }

        uint selector = uint.Parse(data.AsSpan(2, SelectorCharacters - 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var known = registry is null ? default : registry.FindBySelector(selector);
        return known.Length > 0 ? known[0].Function.Name : data[..SelectorCharacters];
    }

    private static ulong GasOf(JsonElement call) =>
        call.TryGetProperty("gasUsed", out var gas) && gas.GetString() is { Length: > 2 } hex && ulong.TryParse(hex.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong used) ? used : 0;
}
