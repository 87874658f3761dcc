
namespace Mempulse.Canon;

/// <summary>Work beside the writer on a thread of its own: the next segment's file is made as soon as the last one was taken.</summary>
internal sealed class Housekeeping : IDisposable
{
    private readonly WriterSession _session;
    private readonly Thread _thread;
    private readonly SemaphoreSlim _signal = new(1);
    private volatile bool _isClosing;

    public Housekeeping(WriterSession session)
    {
        _session = session;
        _thread = new Thread(Run) { Name = "log-housekeeping", IsBackground = true };
        session.Roll.Rolled = () => _signal.Release();
        _thread.Start();
    }

    public void Dispose()
    {
        _isClosing = true;
        _signal.Release();
        _thread.Join();
        _signal.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            _signal.Wait();
            if (_isClosing)
            {
                return;
            }

            try
            {
                _session.Preparer.Prepare();
            }
            catch (IOException)
            {
                // The roll tries again itself, and there the answer counts.
            }
        }
    }
}
