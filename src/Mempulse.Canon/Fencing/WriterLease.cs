using Mempulse.Canon.Files;
using Mempulse.Primitives;

namespace Mempulse.Canon.Fencing;

/// <summary>The epoch of a writer in a cluster: in the file beside the log, and as a lease in a register that all silos see.</summary>
/// <remarks>
/// The file fences writers of one directory, the lease those of two copies of a log. Nothing depends on the time of day being the same anywhere: a
/// writer measures from before it asks for a renewal, and one that wants the log waits for as long on its own clock without seeing a renewal.
/// A writer whose lease has run out asks before it acknowledges anything more, so one that was paused finds out what happened meanwhile.
/// </remarks>
public sealed class WriterLease : IEpochStore, IDisposable
{
    private readonly FileEpochStore _file;
    private readonly IWriterRegister _register;
    private readonly WriterRecord? _found;
    private readonly WriterPlace _place;
    private readonly string _holder;
    private readonly LeaseOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _renewing = new();
    private ITimer? _timer;
    private Func<GlobalSeq> _watermark;
    private Epoch _held;
    private ulong _lostTo; // 0 until another writer has taken the log
    private volatile Instant _confirmed;

    private WriterLease(FileEpochStore file, IWriterRegister register, WriterRecord? found, WriterPlace place, string holder, LeaseOptions options, TimeProvider time)
    {
        _file = file;
        _register = register;
        _found = found;
        _place = place;
        _holder = holder;
        _options = options;
        _time = time;
        _watermark = () => Floor;
        _confirmed = Instant.Now(time);
    }

    /// <summary>The position up to which the last writer stated the log to be durable; a copy that ends before it has lost events.</summary>
    public GlobalSeq Floor => _found?.Watermark ?? GlobalSeq.None;

    /// <summary>Why the last renewal failed; null if it did not.</summary>
    public string? Problem { get; private set; }

    /// <summary>Waits until the log may be taken: at once if it was closed, or if its writer was a process of this machine on this copy, which the log's lock shows to be gone.</summary>
    /// <remarks>The lease owns the register, also if the claim fails.</remarks>
    /// <exception cref="LogLockedException">Another writer renews its lease.</exception>
    /// <exception cref="IOException">The register cannot be reached.</exception>
    public static async Task<WriterLease> ClaimAsync(
        ILogFileSystem files, string directory, IWriterRegister register, string machine, string holder, LeaseOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(register);
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            files.CreateDirectory(directory);
            var place = new WriterPlace(LogVolume.ReadOrCreate(files, directory), machine);
            var found = register.Read();
            if (found is { IsHeld: true } && found.Place != place)
            {
                await WaitForEndAsync(register, found, options, time, cancellationToken).ConfigureAwait(false);
            }

            return new WriterLease(new FileEpochStore(files, directory), register, found, place, holder, options, time);
        }
        catch
        {
            register.Dispose();
            throw;
        }
    }

    /// <summary>States with each renewal how far the log is durable.</summary>
    public void Report(Func<GlobalSeq> watermark) => _watermark = watermark;

    /// <inheritdoc/>
    public Epoch Current()
    {
        var local = _file.Current();
        if (_held == default)
        {
            return _found is { } found && found.Epoch > local ? found.Epoch : local;
        }

        if (Instant.Now(_time).IsAfter(_confirmed, _options.Duration))
        {
            Renew();
        }

        return Volatile.Read(ref _lostTo) is > 0 and var successor ? new Epoch(successor) : local;
    }

    /// <inheritdoc/>
    public bool TryAdvance(Epoch expected, Epoch successor)
    {
        var asked = Instant.Now(_time);
        var next = new WriterRecord(successor, _place, _holder, (_found?.Renewals ?? 0) + 1, Floor);
        if (!_register.TryTake(_found, next) || !_file.TryAdvance(_file.Current(), successor))
        {
            return false;
        }

        (_held, _confirmed) = (successor, asked);
        _timer = _time.CreateTimer(static lease => ((WriterLease)lease!).RenewInTime(), this, _options.RenewalPeriod, _options.RenewalPeriod);
        return true;
    }

    /// <summary>Stops renewing, and states that the log is closed if it still is this writer's. Close the log before.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        lock (_renewing)
        {
            if (_held != default && _lostTo == 0)
            {
                TryRelease();
            }
        }

        _file.Dispose();
        _register.Dispose();
    }

    private static async Task WaitForEndAsync(IWriterRegister register, WriterRecord found, LeaseOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var since = Instant.Now(time);
        while (!Instant.Now(time).IsAfter(since, options.Duration))
        {
            await Task.Delay(options.RenewalPeriod / 2, time, cancellationToken).ConfigureAwait(false);
            if (register.Read() is { } now && (now.Epoch, now.Renewals) != (found.Epoch, found.Renewals))
            {
                throw new LogLockedException($"Cannot open the log for writing: '{found.Holder}' on {found.Place.Machine} is writing another copy of it, in epoch {now.Epoch}.");
            }
        }
    }

    /// <summary>The timer's renewal: a failure is kept, and the next one follows.</summary>
    private void RenewInTime()
    {
        try
        {
            Renew();
        }
        catch (IOException)
        {
            // Kept as Problem. The writer goes on until its lease has run out.
        }
    }

    /// <summary>Asks for a renewal.</summary>
    /// <exception cref="IOException">The register cannot be reached.</exception>
    private void Renew()
    {
        lock (_renewing)
        {
            if (_lostTo > 0)
            {
                return;
            }

            var asked = Instant.Now(_time);
            try
            {
                if (_register.TryRenew(_held, _watermark()))
                {
                    _confirmed = asked;
                }
                else
                {
                    Volatile.Write(ref _lostTo, (_register.Read()?.Epoch ?? _held.Next).Value); // a deleted record ends the lease too
                }

                Problem = null;
            }
            catch (IOException unreachable)
            {
                Problem = unreachable.Message;
                throw;
            }
        }
    }

    private void TryRelease()
    {
        try
        {
            _register.Release(_held, _watermark());
        }
        catch (IOException)
        {
            // The next writer waits until the lease has run out.
        }
    }

    /// <summary>A moment on both clocks. The monotonic one stands still while a virtual machine is suspended, and the other one can be set.</summary>
    private sealed record Instant(long Monotonic, DateTimeOffset Wall, TimeProvider Time)
    {
        public static Instant Now(TimeProvider time) => new(time.GetTimestamp(), time.GetUtcNow(), time);

        /// <summary>Whether at least a duration has passed since another moment, on either clock.</summary>
        public bool IsAfter(Instant earlier, TimeSpan duration) =>
            Time.GetElapsedTime(earlier.Monotonic, Monotonic) >= duration || Wall - earlier.Wall >= duration;
    }
}
