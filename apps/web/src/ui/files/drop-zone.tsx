import { useId, useState } from 'react';
import { Icon } from '../icon.tsx';
import './drop-zone.css';

interface DropZoneProps {
  readonly file: File | null;
  /** What the place says while it is empty. */
  readonly prompt: string;
  readonly accept: string;
  readonly onFile: (file: File | null) => void;
}

/** Takes a file by choice or by drop. */
export function DropZone({ file, prompt, accept, onFile }: DropZoneProps) {
  const id = useId();
  const [over, setOver] = useState(false);
  return (
    <label
      htmlFor={id}
      className={over ? 'drop-zone over' : 'drop-zone'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFile(event.dataTransfer.files[0] ?? null);
      }}
    >
      <Icon name="upload" size={22} />
      <span className="strong">{file === null ? prompt : file.name}</span>
      <input
        id={id}
        key={file === null ? 'none' : 'one'}
        type="file"
        className="sr-only"
        accept={accept}
        onChange={(event) => {
          onFile(event.target.files?.[0] ?? null);
        }}
      />
    </label>
  );
}
