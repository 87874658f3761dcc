using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using MessagePack;

namespace Mempulse.Primitives.Tests.Events;

/// <summary>
/// Golden/events-v1.fields.txt states what the golden bytes say, and this test reads the bytes by docs/formats/record.md and with another
/// MessagePack library: a golden line that was regenerated after a change contradicts its statement.
/// </summary>
public sealed partial class GoldenFieldTests
{
    private const int HeaderSize = 32;
    private const int CauseFlag = 0x80;

    private static readonly (string Name, int Size)[] s_keys = [("tx", 32), ("block", 32), ("sender", 20), ("opp", 32), ("sim", 32), ("bundle", 32), ("peer", 32)];

    private static readonly Dictionary<(string List, int Key), string> s_names = ReadNames();

    [Fact]
    public void The_golden_bytes_say_field_by_field_what_is_stated_of_them()
    {
        var stated = Lines("events-v1.fields.txt");
        var golden = Lines("events-v1.txt");

        Assert.Equal(stated, golden.Select(static line => Describe(line.Split(' '))));
    }

    private static List<string> Lines(string file) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", file)).Where(static line => line[0] != '#')];

    private static string Describe(string[] line)
    {
        byte[] record = Convert.FromHexString(line[3]);
        int at = HeaderSize;
        string cause = string.Empty;
        if ((record[3] & CauseFlag) != 0)
        {
            cause = string.Create(CultureInfo.InvariantCulture, $", cause {BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(at))}");
            at += 8;
        }

        List<string> keys = [];
        for (int bit = 0; bit < s_keys.Length; bit++)
        {
            if ((record[3] >> bit & 1) != 0)
            {
                keys.Add($"{s_keys[bit].Name} {Text(record.AsSpan(at, s_keys[bit].Size))}");
                at += s_keys[bit].Size;
            }
        }

        var payload = new MessagePackReader(record.AsMemory(at));
        string fields = Fields(ref payload, line[1]);
        Assert.True(payload.End);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{line[0]} {line[1]} ({BinaryPrimitives.ReadUInt16LittleEndian(record)}) version {record[2]}, local {BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(8))}{cause}, {(keys.Count == 0 ? "no keys" : string.Join(", ", keys))}: {fields}");
    }

    private static string Fields(ref MessagePackReader reader, string list)
    {
        List<string> fields = [];
        int count = reader.ReadArrayHeader();
        for (int key = 0; key < count; key++)
        {
            string name = s_names.GetValueOrDefault((list, key)) ?? (list.EndsWith(".authorizations", StringComparison.Ordinal) ? s_names[("TxDecoded.authorizations", key)] : "sign");
            fields.Add(string.Create(CultureInfo.InvariantCulture, $"{key} {name} = {Value(ref reader, $"{list}.{name}")}"));
        }

        return string.Join("; ", fields);
    }

    private static string Value(ref MessagePackReader reader, string name)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Integer:
                return reader.ReadUInt64().ToString(CultureInfo.InvariantCulture);
            case MessagePackType.Nil:
                reader.ReadNil();
                return "nil";
            case MessagePackType.Boolean:
                return reader.ReadBoolean() ? "true" : "false";
            case MessagePackType.String:
                return $"\"{reader.ReadString()}\"";
            case MessagePackType.Binary:
                return Text(System.Buffers.BuffersExtensions.ToArray(reader.ReadBytes()!.Value));
            default:
                return Items(ref reader, name);
        }
    }

    private static string Items(ref MessagePackReader reader, string name)
    {
        List<string> items = [];
        for (int left = reader.ReadArrayHeader(); left > 0; left--)
        {
            items.Add(reader.NextMessagePackType == MessagePackType.Array ? $"{{{Fields(ref reader, name)}}}" : Value(ref reader, name));
        }

        return $"[{string.Join(", ", items)}]";
    }

    private static string Text(ReadOnlySpan<byte> bytes) =>
        bytes.Length is 20 or 32 && !bytes.ContainsAnyExcept(bytes[0])
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes.Length} x {bytes[0]:x2}")
            : $"0x{Convert.ToHexStringLower(bytes)}";

    /// <summary>The names of the document: by kind, or kind and list, and key.</summary>
    private static Dictionary<(string List, int Key), string> ReadNames()
    {
        var names = new Dictionary<(string, int), string>();
        string kind = string.Empty;
        string list = string.Empty;
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "events.md")))
        {
            if (Kind().Match(line) is { Success: true } begins)
            {
                list = kind = begins.Groups[1].Value;
            }
            else if (Item().Match(line) is { Success: true } item)
            {
                list = $"{kind}.{item.Groups[1].Value}";
            }
            else if (kind.Length > 0 && Row().Match(line) is { Success: true } row)
            {
                names[(list, int.Parse(row.Groups[1].ValueSpan, CultureInfo.InvariantCulture))] = row.Groups[2].Value;
            }
        }

        return names;
    }

    [GeneratedRegex(@"^### (\w+) \(\d+\)")]
    private static partial Regex Kind();

    [GeneratedRegex(@"^An item of `([\w.]+)`")]
    private static partial Regex Item();

    [GeneratedRegex(@"^\| (\d+) \| `(\w+)`")]
    private static partial Regex Row();
}
