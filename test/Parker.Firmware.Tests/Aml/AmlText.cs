using System.Globalization;
using System.Text;
using Parker.Firmware.Aml;

namespace Parker.Firmware.Tests.Aml;

/// <summary>Reads AML back, as far as the grammar of <see cref="AmlCode"/> goes: every length must fit what is in it and around it.</summary>
internal ref struct AmlText
{
    private readonly StringBuilder _text = new();
    private ReadOnlySpan<byte> _rest;

    private AmlText(ReadOnlySpan<byte> bytes) => _rest = bytes;

    /// <summary>Terms as nested calls, such as <c>Device(C000,Name(_UID,0x2))</c>.</summary>
    /// <exception cref="FormatException">The bytes are no terms of this grammar.</exception>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        AmlText reader = new(bytes);
        reader.Terms();
        return reader._text.ToString();
    }

    private void Terms()
    {
        for (bool first = true; !_rest.IsEmpty; first = false)
        {
            _text.Append(first ? "" : ",");
            Term();
        }
    }

    private void Term()
    {
        byte opcode = _rest[0];
        if (opcode is (byte)'\\' or (byte)'^' or (byte)'_' or 0x2E or 0x2F or (>= (byte)'A' and <= (byte)'Z'))
        {
            Name();
            return;
        }

        _ = Take(1);
        switch (opcode)
        {
            case 0x00 or 0x01 or 0xFF:
                _text.Append(opcode == 0xFF ? "0xffffffffffffffff" : opcode == 1 ? "0x1" : "0x0");
                break;
            case 0x0A:
                Number(1);
                break;
            case 0x0B:
                Number(2);
                break;
            case 0x0C:
                Number(4);
                break;
            case 0x0E:
                Number(8);
                break;
            case 0x0D:
                int end = _rest.IndexOf((byte)0);
                _text.Append('"').Append(Encoding.ASCII.GetString(Take(end))).Append('"');
                _ = Take(1);
                break;
            case >= 0x60 and <= 0x67:
                _text.Append(CultureInfo.InvariantCulture, $"Local{opcode - 0x60}");
                break;
            case >= 0x68 and <= 0x6E:
                _text.Append(CultureInfo.InvariantCulture, $"Arg{opcode - 0x68}");
                break;
            case 0x5B:
                Extended(Take(1)[0]);
                break;
            default:
                Plain(opcode);
                break;
        }
    }

    private void Plain(byte opcode)
    {
        switch (opcode)
        {
            case 0x08:
                Call("Name", 1, named: true);
                break;
            case 0x10:
                Packaged("Scope", named: true);
                break;
            case 0x11:
                Packaged("Buffer", readsBytes: true);
                break;
            case 0x12:
                Packaged("Package", countBytes: 1);
                break;
            case 0x14:
                Packaged("Method", named: true, countBytes: 1);
                break;
            case 0x70:
                Call("Store", 2);
                break;
            case 0x72:
                Call("Add", 3);
                break;
            case 0x79:
                Call("ShiftLeft", 3);
                break;
            case 0x86:
                Call("Notify", 2);
                break;
            case 0x8F:
                Call("CreateQWordField", 3);
                break;
            case 0x92:
                Call("LNot", 1);
                break;
            case 0x93:
                Call("LEqual", 2);
                break;
            case 0x94:
                Call("LGreater", 2);
                break;
            case 0x95:
                Call("LLess", 2);
                break;
            case 0xA0:
                Packaged("If");
                break;
            case 0xA1:
                Packaged("Else");
                break;
            case 0xA4:
                Call("Return", 1);
                break;
            default:
                throw new FormatException($"0x{opcode:x2} is no opcode of this grammar.");
        }
    }

    private void Extended(byte opcode)
    {
        switch (opcode)
        {
            case 0x80:
                _text.Append("OperationRegion(");
                Name();
                _text.Append(CultureInfo.InvariantCulture, $",space{Take(1)[0]},");
                Operands(2);
                break;
            case 0x81:
                Packaged("Field", named: true, countBytes: 1, readsUnits: true);
                break;
            case 0x82:
                Packaged("Device", named: true);
                break;
            case 0x85:
                Packaged("ThermalZone", named: true);
                break;
            default:
                throw new FormatException($"0x5b 0x{opcode:x2} is no opcode of this grammar.");
        }
    }

    private void Call(string name, int operands, bool named = false)
    {
        _text.Append(name).Append('(');
        if (named)
        {
            Name();
            _text.Append(',');
        }

        Operands(operands);
    }

    private void Operands(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _text.Append(i == 0 ? "" : ",");
            Term();
        }

        _text.Append(')');
    }

    // What has a length: its content is read by a reader of its own, which must end exactly there.
    private void Packaged(string name, bool named = false, int countBytes = 0, bool readsBytes = false, bool readsUnits = false)
    {
        int length = Length(out int size);
        AmlText content = new(Take(length - size));
        content._text.Append(name).Append('(');
        if (named)
        {
            content.Name();
        }

        if (countBytes > 0)
        {
            content._text.Append(CultureInfo.InvariantCulture, $"#{content.Take(1)[0]}");
        }

        content._text.Append(':');
        if (readsBytes)
        {
            content.Term();
            content._text.Append(':').Append(Convert.ToHexStringLower(content.Take(content._rest.Length)));
        }
        else if (readsUnits)
        {
            content.Units();
        }
        else
        {
            content.Terms();
        }

        _text.Append(content._text).Append(')');
    }

    private void Units()
    {
        while (!_rest.IsEmpty)
        {
            if (_rest[0] == 0)
            {
                _ = Take(1);
            }
            else
            {
                Name();
            }

            _text.Append(CultureInfo.InvariantCulture, $"/{Length(out _)};");
        }
    }

    private void Name()
    {
        while (_rest[0] is (byte)'\\' or (byte)'^')
        {
            _text.Append((char)Take(1)[0]);
        }

        int segments = _rest[0] switch
        {
            0 => 0,
            0x2E => 2,
            0x2F => _rest[1],
            _ => 1,
        };
        _ = Take(segments switch { 0 or 2 => 1, 1 => _rest[0] == 0x2F ? 2 : 0, _ => 2 });
        _text.AppendJoin('.', Encoding.ASCII.GetString(Take(segments * 4)).Chunk(4).Select(segment => new string(segment)));
    }

    private void Number(int bytes)
    {
        ulong value = 0;
        for (int i = 0; i < bytes; i++)
        {
            value |= (ulong)_rest[i] << (8 * i);
        }

        _ = Take(bytes);
        _text.Append(CultureInfo.InvariantCulture, $"0x{value:x}");
    }

    private int Length(out int size)
    {
        if (!AmlPackageLength.TryDecode(_rest, out int length, out size))
        {
            throw new FormatException("The bytes end within a length.");
        }

        _ = Take(size);
        return length;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _rest.Length)
        {
            throw new FormatException($"{count} bytes are wanted where {_rest.Length} are left.");
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
