using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Replay.Derivations;

/// <summary>Says in words what a derived record holds and where two of them differ.</summary>
internal static class RecordText
{
    private const string Nothing = "nothing";

    /// <summary>The record in a phrase; also for one that does not decode.</summary>
    public static string Describe(in RecordView record)
    {
        try
        {
            return LogEvent.Decode(record)?.ToString() ?? $"a record of kind {(int)record.Kind}";
        }
        catch (EventDecodeException malformed)
        {
            return $"a malformed {record.Kind} ({malformed.Message})";
        }
    }

    /// <summary>The first field that differs, by name, with both values.</summary>
    public static (string Field, string Expected, string Actual) FirstDifference(in RecordView expected, in RecordView actual)
    {
        if (expected.Kind != actual.Kind)
        {
            return ("Kind", expected.Kind.ToString(), actual.Kind.ToString());
        }

        if (expected.Version != actual.Version)
        {
            return ("Version", $"{expected.Version}", $"{actual.Version}");
        }

        if (expected.Timestamp != actual.Timestamp)
        {
            return ("Timestamp", expected.Timestamp.ToString(), actual.Timestamp.ToString());
        }

        if (expected.Source != actual.Source)
        {
            return ("Source", expected.Source.ToString(), actual.Source.ToString());
        }

        return FirstDifferentKey(expected, actual) ?? FirstDifferentField(expected, actual);
    }

    private static (string Field, string Expected, string Actual)? FirstDifferentKey(in RecordView expected, in RecordView actual)
    {
        for (int i = 0; i < EventKeys.KindCount; i++)
        {
            var kind = (KeyKind)i;
            bool isExpected = expected.TryGetKey(kind, out var should);
            bool isThere = actual.TryGetKey(kind, out var found);
            if (isExpected != isThere || should != found)
            {
                return ($"{kind} key", isExpected ? should.Value.ToString() : Nothing, isThere ? found.Value.ToString() : Nothing);
            }
        }

        return null;
    }

    private static (string Field, string Expected, string Actual) FirstDifferentField(in RecordView expected, in RecordView actual)
    {
        try
        {
            var should = new MessagePackReader(expected.Payload);
            var found = new MessagePackReader(actual.Payload);
            int expectedCount = should.ReadArrayHeader();
            int actualCount = found.ReadArrayHeader();
            for (int i = 0; i < expectedCount && i < actualCount; i++)
            {
                var left = TakeValue(expected.Payload, ref should);
                var right = TakeValue(actual.Payload, ref found);
                if (!left.SequenceEqual(right))
                {
                    return (NameOf(expected.Kind, i), TextOf(left), TextOf(right));
                }
            }

            return ("number of fields", $"{expectedCount}", $"{actualCount}");
        }
        catch (EventDecodeException malformed)
        {
            return ("payload", "well-formed", malformed.Message);
        }
    }

    private static ReadOnlySpan<byte> TakeValue(ReadOnlySpan<byte> payload, ref MessagePackReader reader)
    {
        int start = payload.Length - reader.Remaining;
        reader.Skip();
        return payload[start..(payload.Length - reader.Remaining)];
    }

    private static string NameOf(EventKind kind, int field)
    {
        string[] names = kind switch
        {
            EventKind.TxStateChanged => ["From", "To", "Replaces"],
            EventKind.TxReplaced => ["From", "By", "Nonce", "ByInclusion"],
            EventKind.TxIncluded => ["From", "Number", "Index", "Succeeded"],
            EventKind.TxReopened => ["Number", "To"],
            EventKind.TxConfirmed => ["Number"],
            EventKind.TxExpired => ["From", "WaitedSeconds"],
            _ => [],
        };
        return field < names.Length ? names[field] : $"payload field {field}";
    }

    /// <summary>A value of a payload; what is neither number nor truth value is shown by its bytes.</summary>
    private static string TextOf(ReadOnlySpan<byte> value)
    {
        var reader = new MessagePackReader(value);
        return value[0] switch
        {
            0xc0 => Nothing,
            0xc2 or 0xc3 => reader.ReadBoolean() ? "true" : "false",
            <= 0x7f or (>= 0xcc and <= 0xcf) => $"{reader.ReadUInt64()}",
            0xc4 => "0x" + Convert.ToHexStringLower(value[2..]),
            _ => "0x" + Convert.ToHexStringLower(value),
        };
    }
}
