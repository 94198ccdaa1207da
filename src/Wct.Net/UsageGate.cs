namespace Wct.Net;

/// <summary>Guards a resource that several threads use: frees it when the gate was closed and the last user has left.</summary>
internal sealed class UsageGate(string name, Action free)
{
    private readonly Lock _lock = new();
    private int _inside;
    private bool _closed;

    /// <summary>Keeps the resource alive until the pass is disposed of.</summary>
    /// <exception cref="ObjectDisposedException">The gate is closed.</exception>
    internal Pass Enter()
    {
        lock (_lock)
        {
            if (_closed)
                throw new ObjectDisposedException(name);
            _inside++;
        }

        return new Pass(this);
    }

    /// <summary>Refuses new users.</summary>
    internal void Close()
    {
        lock (_lock)
        {
            if (_closed)
                return;
            _closed = true;
            if (_inside > 0)
                return;
        }

        free();
    }

    private void Leave()
    {
        lock (_lock)
        {
            _inside--;
            if (!_closed || _inside > 0)
                return;
        }

        free();
    }

    internal readonly ref struct Pass(UsageGate gate)
    {
        public void Dispose() => gate.Leave();
    }
}
