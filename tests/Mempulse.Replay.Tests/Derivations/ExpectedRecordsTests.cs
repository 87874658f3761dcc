using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Testing.Scenarios;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Replay.Tests.Derivations;

/// <summary>The queue of expected records against a list, over many more records than one chunk of it holds.</summary>
public sealed class ExpectedRecordsTests
{
    private static readonly GlobalSeq s_cause = new(1);

    private readonly Queue<ulong> _model = new(); // the ordinals of the records expected
    private readonly EventBatch _drained = new(DerivedEvents.Lane);
    private ExpectedRecords _records = new();
    private uint _next;
    private int _handedOver;
    private ulong? _lastRetired;
    private ulong? _uncompared;
    private ulong _givenUp;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Behaves_like_a_list_under_any_sequence_of_steps(ulong seed)
    {
        var random = new SeededRandom(seed);
        for (int i = 0; i < 250; i++)
        {
            Step((int)random.Below(10), (int)random.Below(900));
            AssertSame();
        }

        Rewind();
        HandOver(int.MaxValue, int.MaxValue);
        Assert.Equal(_model.Count, _drained.Count);
    }

    [Fact]
    public void A_drained_batch_ends_with_the_record_that_reaches_its_size()
    {
        Add(9);
        HandOver(1, int.MaxValue);
        int size = _drained.SizeBytes;
        Rewind();

        Assert.Equal(2, HandOver(9, (2 * size) - 1));
        Rewind();
        Assert.Equal(2, HandOver(9, 2 * size));
        Rewind();
        Assert.Equal(3, HandOver(9, (2 * size) + 1));
        Assert.Equal(0, HandOver(9, 0));
        Assert.Equal(0, HandOver(0, int.MaxValue));
    }

    private void Step(int what, int amount)
    {
        switch (what)
        {
            case <= 2:
                Add(amount);
                break;
            case 3 or 4:
                HandOver(amount, int.MaxValue);
                break;
            case 5:
                Rewind();
                break;
            case 6:
                for (int i = 0; i < amount && _model.Count > 0; i++)
                {
                    _records.RetireOldest();
                    Retire();
                }

                break;
            case 7:
                RetireHandedOver(Math.Min(amount, _handedOver));
                break;
            case 8:
                GiveUpBeyond(3 * amount);
                break;
            default:
                Restore();
                break;
        }
    }

    private void Add(int count)
    {
        for (; count > 0; count--)
        {
            _records.MakeRoom().Add(new LogEvent.TxExpired(Named.Tx("a"), TxState.Seen, _next), RecordMeta.Derived(DerivedEvents.Lane, s_cause, _next, default));
            _records.Added();
            _model.Enqueue(_next++);
        }
    }

    /// <summary>Drains into an empty batch, and compares what is in it.</summary>
    private int HandOver(int max, int maxBytes)
    {
        _drained.Clear();
        int count = _records.HandOver(_drained, max, maxBytes);
        Assert.Equal(count, _drained.Count);
        Assert.True(maxBytes < int.MaxValue || count == Math.Min(max, _model.Count - _handedOver));
        if (count > 0)
        {
            var expected = _model.Skip(_handedOver).GetEnumerator();
            foreach (var record in new SequencedBatch(new Epoch(1), new GlobalSeq(1), count, new GlobalSeq((ulong)count), _drained.Records))
            {
                Assert.True(expected.MoveNext());
                AssertIs(expected.Current, record);
            }
        }

        _handedOver += count;
        return count;
    }

    private void Rewind()
    {
        _records.Rewind();
        _handedOver = 0;
    }

    private void RetireHandedOver(int count)
    {
        ulong through = 0;
        for (int i = 0; i < count; i++)
        {
            through = _model.Peek();
            Retire();
            _uncompared = _lastRetired;
        }

        if (count > 0)
        {
            _records.RetireAppended(new LaneSequence(s_cause, through));
        }
    }

    private void GiveUpBeyond(int bound)
    {
        _records.GiveUpBeyond(bound);
        while (_model.Count > bound)
        {
            Retire();
            _uncompared = _lastRetired;
            _givenUp++;
        }
    }

    /// <summary>What was handed over before a restart is handed over again.</summary>
    private void Restore()
    {
        var saved = new ByteBuffer();
        _records.Save(new EntryWriter(saved));
        _records = new ExpectedRecords();
        var reader = new EntryReader(saved.WrittenSpan);
        _records.Restore(ref reader);
        Assert.True(reader.AtEnd);
        _handedOver = 0;
    }

    private void Retire()
    {
        _lastRetired = _model.Dequeue();
        _handedOver = Math.Max(0, _handedOver - 1);
    }

    private void AssertSame()
    {
        Assert.Equal(
            (_model.Count, _handedOver, PositionOf(_lastRetired), PositionOf(_uncompared), _givenUp),
            (_records.Count, _records.HandedOver, _records.LastRetired, _records.UncomparedThrough, _records.GivenUp));
        if (_model.Count > 0)
        {
            AssertIs(_model.Peek(), _records.Oldest);
        }
    }

    private static LaneSequence PositionOf(ulong? ordinal) => ordinal is { } retired ? new LaneSequence(s_cause, retired) : default;

    private static void AssertIs(ulong ordinal, in RecordView record)
    {
        Assert.Equal(new LaneSequence(s_cause, ordinal), record.Meta.LaneSequence);
        Assert.Equal(ordinal, Assert.IsType<LogEvent.TxExpired>(LogEvent.Decode(record)).WaitedSeconds);
    }
}
