using Google.Protobuf;

namespace Mempulse.Tracing.Tests.Receiving;

/// <summary>A span as a collector reads it from the wire.</summary>
internal sealed record ReceivedSpan
{
    public string TraceId { get; private set; } = string.Empty;

    public string SpanId { get; private set; } = string.Empty;

    public string Parent { get; private set; } = string.Empty;

    public string Name { get; private set; } = string.Empty;

    public int Kind { get; private set; }

    public ulong Start { get; private set; }

    public ulong End { get; private set; }

    public SortedDictionary<string, string> Attributes { get; } = new(StringComparer.Ordinal);

    public List<string> Links { get; } = [];

    public string Problem { get; private set; } = string.Empty;

    public uint Flags { get; private set; }

    /// <summary>All of it, for comparison.</summary>
    public string Text => $"{TraceId}/{SpanId} {Parent} {Name} {Kind} {Start} {End} {string.Join(' ', Attributes)} {string.Join(' ', Links)} {Problem} {Flags}";

    /// <summary>The spans of a request, and what describes the service.</summary>
    public static (List<ReceivedSpan> Spans, SortedDictionary<string, string> Resource) ReadRequest(byte[] request)
    {
        var spans = new List<ReceivedSpan>();
        var resource = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Each(request, (field, whole) =>
        {
            Assert.Equal(1, field);
            Each(whole.ReadBytes(), (part, inner) =>
            {
                if (part == 1)
                {
                    Each(inner.ReadBytes(), (_, pair) => ReadPair(pair, resource));
                    return;
                }

                Each(inner.ReadBytes(), (item, listed) =>
                {
                    if (item == 2)
                    {
                        spans.Add(Read(listed.ReadBytes()));
                    }
                    else
                    {
                        listed.ReadBytes();
                    }
                });
            });
        });
        return (spans, resource);
    }

    private static ReceivedSpan Read(ByteString bytes)
    {
        var span = new ReceivedSpan();
        Each(bytes, (field, input) =>
        {
            switch (field)
            {
                case 1: span.TraceId = Hex(input); break;
                case 2: span.SpanId = Hex(input); break;
                case 4: span.Parent = Hex(input); break;
                case 5: span.Name = input.ReadString(); break;
                case 6: span.Kind = input.ReadEnum(); break;
                case 7: span.Start = input.ReadFixed64(); break;
                case 8: span.End = input.ReadFixed64(); break;
                case 9: ReadPair(input, span.Attributes); break;
                case 13:
                    var link = new List<string>();
                    Each(input.ReadBytes(), (_, linked) => link.Add(Hex(linked)));
                    span.Links.Add(string.Join('/', link));
                    break;
                case 15:
                    Each(input.ReadBytes(), (part, status) => span.Problem += part == 2 ? status.ReadString() : $" ({status.ReadEnum()})");
                    break;
                case 16: span.Flags = input.ReadFixed32(); break;
                default: throw new InvalidDataException($"Field {field} is not one of a span that we send.");
            }
        });
        return span;
    }

    private static void ReadPair(CodedInputStream input, SortedDictionary<string, string> into)
    {
        (string key, string value) = (string.Empty, string.Empty);
        Each(input.ReadBytes(), (field, pair) => (key, value) = field == 1 ? (pair.ReadString(), value) : (key, ReadValue(pair.ReadBytes())));
        into.Add(key, value);
    }

    private static string ReadValue(ByteString bytes)
    {
        string text = string.Empty;
        Each(bytes, (field, input) => text = field switch
        {
            1 => input.ReadString(),
            2 => input.ReadBool() ? "true" : "false",
            3 => $"{input.ReadInt64()}",
            5 => ReadValues(input.ReadBytes()),
            _ => throw new InvalidDataException($"Field {field} is not a value that we send."),
        });
        return text;
    }

    private static string ReadValues(ByteString bytes)
    {
        var values = new List<string>();
        Each(bytes, (_, input) => values.Add(ReadValue(input.ReadBytes())));
        return string.Join(',', values);
    }

    private static void Each(byte[] bytes, Action<int, CodedInputStream> read) => Each(ByteString.CopyFrom(bytes), read);

    private static void Each(ByteString bytes, Action<int, CodedInputStream> read)
    {
        using var input = bytes.CreateCodedInput();
        while (input.ReadTag() is var tag and not 0)
        {
            read(WireFormat.GetTagFieldNumber(tag), input);
        }
    }

    private static string Hex(CodedInputStream input) => Convert.ToHexStringLower(input.ReadBytes().ToByteArray());
}
