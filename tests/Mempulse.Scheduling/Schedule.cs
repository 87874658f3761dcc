using System.Globalization;
using System.Text;

namespace Mempulse.Scheduling;

/// <summary>One run of a scenario in which a single strand runs at a time and a seed decides, at every point, which one is next.</summary>
/// <remarks>Points are where strands can meet: locks, pulses, atomics, awaits, starts. Code between two points runs without interruption.</remarks>
public sealed class Schedule
{
    /// <summary>Steps after which a schedule counts as endless.</summary>
    private const int MaxSteps = 20_000;

    /// <summary>How much of a failed schedule is printed.</summary>
    private const int PrintedSteps = 120;

    /// <summary>For code that is held up outside the schedule, such as a real lock. A safety net, never part of a verdict on the code.</summary>
    private static readonly TimeSpan HungAfter = TimeSpan.FromMinutes(3);

    [ThreadStatic]
    private static Strand? t_running;

    private readonly Choice _choice;
    private readonly List<Strand> _alive = [];
    private readonly List<Strand> _ready = [];
    private readonly Dictionary<object, Gate> _gates = new(ReferenceEqualityComparer.Instance);
    private readonly List<(Strand Strand, string Doing)>? _trace;
    private readonly TaskCompletionSource _over = new();
    private int _strands;
    private int _steps;

    private Schedule(ulong seed, bool isTraced)
    {
        _choice = new Choice(seed);
        _trace = isTraced ? [] : null;
    }

    internal string? Failure { get; private set; }

    /// <summary>The group of the running flow; null if it has none.</summary>
    public static StrandGroup? Group => t_running?.Group;

    /// <summary>True on a strand of a schedule.</summary>
    public static bool IsRunning => t_running is not null;

    /// <summary>The id of the thread that a strand runs on.</summary>
    internal static Strand Running => t_running
        ?? throw new InvalidOperationException("Cannot control this thread: it is not part of a schedule.");

    private static Schedule Current => Running.Schedule;

    internal int Steps => _steps;

    /// <summary>Another strand may run here. Does nothing outside a schedule.</summary>
    public static void Point(string doing)
    {
        if (t_running is { } me)
        {
            me.Schedule.Park(me, doing, null, mayTimeOut: false);
        }
    }

    /// <summary>Waits until a condition over the state of the schedule holds.</summary>
    public static void Wait(string doing, Func<bool> until) => Current.Park(Running, doing, until, mayTimeOut: false);

    /// <summary>Waits until a condition holds or the time is up, which the schedule decides.</summary>
    public static void WaitWithTimeout(string doing, Func<bool> until) => Current.Park(Running, doing, until, mayTimeOut: true);

    /// <summary>Starts a strand.</summary>
    /// <param name="name">Its name in the printed schedule.</param>
    /// <param name="work">What it does.</param>
    public static IStrand Start(string name, Action work) => new StartedStrand(Current.Add(name, work, null, null));

    /// <summary>Continues a flow, in its group, once a condition holds; null if it may continue at once.</summary>
    public static void Continue(string doing, Action work, Func<bool>? until, StrandGroup? group)
    {
        var strand = Current.Add(Running.Name, work, until, group);
        strand.Doing = doing;
    }

    /// <summary>The running flow yields: it continues behind the others.</summary>
    public static void ContinueLast(Action work, StrandGroup? group)
    {
        var schedule = Current;
        schedule._choice.Yielded(schedule.Add(Running.Name, work, null, group));
    }

    /// <summary>Runs an action without interruption. It must not wait for another strand.</summary>
    public static void Uninterrupted(Action action)
    {
        var me = Running;
        me.Uninterrupted++;
        try
        {
            action();
        }
        finally
        {
            me.Uninterrupted--;
        }
    }

    /// <summary>A number from 0 to one less than <paramref name="limit"/>, chosen by the schedule.</summary>
    public static int Choose(int limit) => Current._choice.Below(limit);

    /// <summary>The lock of an object in this schedule.</summary>
    internal static Gate GateOf(object key)
    {
        var gates = Current._gates;
        if (!gates.TryGetValue(key, out var gate))
        {
            gates.Add(key, gate = new Gate());
        }

        return gate;
    }

    /// <summary>Runs a scenario to its end under one seed; returns the schedule, whose failure is null if it passed.</summary>
    internal static Schedule Run(ulong seed, Func<Task> scenario, bool isTraced)
    {
        var schedule = new Schedule(seed, isTraced);
        Carrier.Resume(schedule.Add("main", () => RunMain(scenario), null, null));
        if (!schedule._over.Task.Wait(HungAfter))
        {
            schedule.Failure = "A thread is held up outside the schedule.";
        }

        return schedule;
    }

    /// <summary>Runs a strand and returns the next one; null when none is left or the schedule has failed.</summary>
    internal Strand? RunToEnd(Strand strand)
    {
        t_running = strand;
        Begin(strand);
        try
        {
            strand.Work();
        }
#pragma warning disable CA1031 // Whatever a strand throws is the failure of its schedule.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Fail($"{strand.Name}: {failure}");
            return null;
        }
        finally
        {
            t_running = null;
        }

        strand.IsDone = true;
        _alive.Remove(strand);
        if (strand.Group is { } group)
        {
            group.Running = null;
        }

        return Next(null);
    }

    /// <summary>The last steps, one a line.</summary>
    internal string Print()
    {
        var text = new StringBuilder();
        int from = Math.Max(0, _trace!.Count - PrintedSteps);
        for (int step = from; step < _trace.Count; step++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{step,6} {_trace[step].Strand.Name,-14} #{_trace[step].Strand.Number,-4} {_trace[step].Doing}");
        }

        return text.ToString();
    }

    private static void RunMain(Func<Task> scenario)
    {
        var running = scenario();
        Wait("end of the scenario", () => running.IsCompleted);
        running.GetAwaiter().GetResult();
    }

    private static void Begin(Strand strand)
    {
        strand.Until = null;
        strand.MayTimeOut = false;
        if (strand.Group is { } group)
        {
            group.Running = strand;
        }
    }

    private Strand Add(string name, Action work, Func<bool>? until, StrandGroup? group)
    {
        var strand = new Strand(this, ++_strands, name, work, group) { Until = until, Priority = _choice.NewPriority() };
        _alive.Add(strand);
        return strand;
    }

    private void Park(Strand me, string doing, Func<bool>? until, bool mayTimeOut)
    {
        if ((me.Uninterrupted > 0 || _choice.GoesOn()) && (until is null || until()))
        {
            return;
        }

        (me.Until, me.MayTimeOut, me.Doing) = (until, mayTimeOut, doing);
        var next = Next(me);
        if (next != me)
        {
            if (next is not null)
            {
                Carrier.Resume(next);
            }

            me.Carrier!.AwaitTurn(); // for ever, if the schedule has failed
        }

        t_running = me;
        Begin(me);
    }

    /// <summary>Chooses the strand that runs next. Null ends the schedule.</summary>
    private Strand? Next(Strand? current)
    {
        if (Failure is not null)
        {
            return null;
        }

        if (++_steps > MaxSteps)
        {
            return Fail($"The schedule does not end within {MaxSteps} steps.");
        }

        _ready.Clear();
        foreach (var strand in _alive)
        {
            if (strand.CanRun || (strand.MayTimeOut && _choice.TimesOut()))
            {
                _ready.Add(strand);
            }
        }

        if (_ready.Count == 0)
        {
            return End();
        }

        var next = _choice.Of(_ready, current);
        _trace?.Add((next, next.Doing));
        return next;
    }

    private Strand? End()
    {
        if (_alive.Count == 0)
        {
            _over.TrySetResult();
            return null;
        }

        return Fail("Deadlock: " + string.Join("; ", _alive.Select(strand => $"{strand.Name} #{strand.Number} waits at '{strand.Doing}'")));
    }

    private Strand? Fail(string failure)
    {
        Failure ??= failure;
        _over.TrySetResult();
        return null;
    }

    private sealed class StartedStrand(Strand strand) : IStrand
    {
        public int ThreadId => strand.Carrier?.ThreadId ?? 0;

        public bool IsDone => strand.IsDone;

        public void Join() => Wait($"join {strand.Name}", () => strand.IsDone);
    }
}
